// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Groups with like needs: rules, clusters and trees of both, how many, what each is like, and who
/// moves between them.

#include <cxm/segment/assignment.hpp>
#include <cxm/segment/choose_k.hpp>
#include <cxm/segment/cluster_quality.hpp>
#include <cxm/segment/clustering.hpp>
#include <cxm/segment/feature_policies.hpp>
#include <cxm/segment/description.hpp>
#include <cxm/segment/dissimilarities.hpp>
#include <cxm/segment/feature_recipe.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/gap.hpp>
#include <cxm/segment/gower.hpp>
#include <cxm/segment/k_medoids.hpp>
#include <cxm/segment/k_prototypes.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/kmeans_policies.hpp>
#include <cxm/segment/kmeans_start.hpp>
#include <cxm/segment/merge_tree.hpp>
#include <cxm/segment/ordinal.hpp>
#include <cxm/segment/partition_compare.hpp>
#include <cxm/segment/profile.hpp>
#include <cxm/segment/rfm.hpp>
#include <cxm/segment/rule_overlap.hpp>
#include <cxm/segment/rule_segments.hpp>
#include <cxm/segment/rule_tree.hpp>
#include <cxm/segment/scaling.hpp>
#include <cxm/segment/segment_model.hpp>
#include <cxm/segment/segment_moves.hpp>
#include <cxm/segment/segment_tree.hpp>
#include <cxm/segment/silhouette.hpp>
#include <cxm/segment/stability.hpp>
#include <cxm/segment/transforms.hpp>
