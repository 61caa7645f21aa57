// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/detail/instructions.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// The questions that k-means asks, but for the start (kmeans_start.hpp) and who does the work
/// (core/work.hpp): how a round finds the labels, what to do with a cluster that lost its members,
/// when to stop, how often to start again, what members weigh. Only the start, the weights, the
/// treatment of empty clusters and `mini_batch` can change the result; a step or an instruction set
/// can't.

namespace cxm {

/// The question how the rounds go.
struct kmeans_step;
/// The question what becomes of a cluster without members.
struct empty_clusters;
/// The question when the rounds end.
struct kmeans_stop;
/// The question how many starts there are.
struct kmeans_restarts;
/// The question what members weigh.
struct kmeans_weights;
/// The question which kernel is used.
struct kmeans_instructions;

/// The best of so many starts, by inertia. Default 10.
struct restarts {
  using policy_kind = kmeans_restarts;
  std::size_t starts = 10;
};

/// Every round compares all members with all centres (S. Lloyd, 1982), 32 members at a time.
/// Nothing is kept but the labels. What is used below 16 segments if no step is given.
struct lloyd {
  using policy_kind = kmeans_step;
};

/// Keeps for each member how much nearer its centre was than any other, less what the centres have
/// moved since, and looks only at members for whom nothing is left (G. Hamerly, 2010, with one
/// bound instead of two). The same labels and centres as `lloyd`, to the last bit, for 4 more bytes
/// a member; faster the more segments, rounds and clear clusters there are. What is used from 16
/// segments on if no step is given.
struct hamerly {
  using policy_kind = kmeans_step;
};

/// Does not go through all members: draws batches of some, and each centre becomes the mean of all
/// members that it was ever given (D. Sculley, 2010). For data that are too many for rounds; the
/// inertia is some percent above that of the others. At the end all members are labelled once, so
/// labels belong to the centres, but centres are not the means of their members. Stop policies are
/// not asked.
struct mini_batch {
  using policy_kind = kmeans_step;
  std::size_t members = 1024;  ///< of one batch
  std::size_t batches = 100;
};

/// A cluster without members takes the member that is farthest from its centre. The default.
struct reseed_farthest {
  using policy_kind = empty_clusters;
};

/// A cluster without members is given up: there are fewer segments than asked for.
struct drop_empty {
  using policy_kind = empty_clusters;
};

/// How far the rounds of one start have come.
struct kmeans_progress {
  std::size_t round;    ///< from 1 on; one assignment of all members
  std::size_t changed;  ///< members whose label changed in it
  std::size_t members;
};

/// Stops when no label changes, or after so many rounds. The default, with 300.
struct until_stable {
  using policy_kind = kmeans_stop;
  std::size_t rounds = 300;
  constexpr bool operator()(kmeans_progress const& now) const {
    return now.changed == 0 || now.round >= rounds;
  }
};

/// Stops when at most this share of the members changed its label, or after so many rounds.
struct until_share_changes {
  using policy_kind = kmeans_stop;
  double share = 0.001;
  std::size_t rounds = 300;
  constexpr bool operator()(kmeans_progress const& now) const {
    return static_cast<double>(now.changed) <= share * static_cast<double>(now.members) ||
           now.round >= rounds;
  }
};

/// What each member weighs, one number for each member of the range that was given to `features`: a
/// member of weight 2 counts as two. Who weighs 0 gets a label and decides nothing. Negative
/// weights and those that are no numbers are refused.
struct member_weights {
  using policy_kind = kmeans_weights;
  std::vector<double> of_member;
};

/// Uses the kernel for these instructions instead of the best that the machine has: to measure and
/// to test, for the result is the same. Throws `std::invalid_argument` where they are missing.
struct with_instructions {
  using policy_kind = kmeans_instructions;
  instruction_set set = detail::best_instructions();
};

}  // namespace cxm
