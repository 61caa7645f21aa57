// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Groups with like needs: features by fields, k-means, how many groups, what each is like.

#include <cxm/segment/choose_k.hpp>
#include <cxm/segment/cluster_quality.hpp>
#include <cxm/segment/clustering.hpp>
#include <cxm/segment/feature_policies.hpp>
#include <cxm/segment/feature_recipe.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/gap.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/kmeans_policies.hpp>
#include <cxm/segment/kmeans_start.hpp>
#include <cxm/segment/ordinal.hpp>
#include <cxm/segment/partition_compare.hpp>
#include <cxm/segment/profile.hpp>
#include <cxm/segment/scaling.hpp>
#include <cxm/segment/segment_model.hpp>
#include <cxm/segment/silhouette.hpp>
#include <cxm/segment/stability.hpp>
#include <cxm/segment/transforms.hpp>
