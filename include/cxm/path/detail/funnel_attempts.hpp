// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/path/funnel_step.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// The automaton of all funnels. An attempt begins at a contact that may be the first step and
/// takes each further step at its earliest match. Of two attempts that wait for the same, the one
/// that began later and moved later will get at least as far, so the other is forgotten: there are
/// never many more attempts than steps.

namespace cxm::detail {

/// What the steps and policies of a funnel come to: steps in blocks, each block in any order.
struct funnel_shape {
  std::vector<step_rule> rules;
  std::vector<std::size_t> begins;  ///< the first step of each block, and behind the last
  std::chrono::microseconds window{};
  bool strictly_later = false;
  bool plain = true;  ///< one step after the other, nothing else

  std::size_t blocks() const { return begins.size() - 1; }
  friend bool operator==(funnel_shape const&, funnel_shape const&) = default;
};

inline void split_into_blocks(funnel_shape& shape) {
  auto const& rules = shape.rules;
  if (rules.empty()) refuse("cxm::funnel: there are no steps");
  if (rules.front().optional || rules.back().optional)
    refuse("cxm::funnel: the first and the last step can't be optional");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto const& one = rules[i];
    if (i == 0 || !one.joins) shape.begins.push_back(i);
    if (one.longest < one.longest.zero())
      refuse("cxm::funnel: the time of a step must not be negative");
    if (one.optional && (one.joins || (i + 1 < rules.size() && rules[i + 1].joins)))
      refuse("cxm::funnel: a step in any order with others can't be optional");
    bool const plain =
        !one.optional &&
        (i == 0 || (!one.adjacent && !one.joins && one.longest == one.longest.max()));
    shape.plain = shape.plain && plain;
  }
  shape.begins.push_back(rules.size());
  shape.plain = shape.plain && !shape.strictly_later;
}

/// Which steps of a block are taken: a word, and more where the block is larger.
class step_set {
 public:
  bool has(std::size_t i) const {
    if (i < 64) return ((word_ >> i) & 1U) != 0;
    return i / 64 - 1 < more_.size() && ((more_[i / 64 - 1] >> (i % 64)) & 1U) != 0;
  }
  void add(std::size_t i) {
    if (i < 64) {
      word_ |= std::uint64_t{1} << i;
    } else {
      if (i / 64 > more_.size()) more_.resize(i / 64);
      more_[i / 64 - 1] |= std::uint64_t{1} << (i % 64);
    }
  }
  void clear() {
    word_ = 0;
    more_.clear();
  }
  friend bool operator==(step_set const&, step_set const&) = default;

 private:
  std::uint64_t word_ = 0;
  std::vector<std::uint64_t> more_;
};

template <class Time>
struct funnel_attempt {
  Time anchor, latest;
  std::size_t block = 0;  ///< the block that it is in
  std::size_t taken = 0;  ///< steps of that block
  step_set which{};       ///< of that block

  std::size_t depth(funnel_shape const& shape) const { return shape.begins[block] + taken; }
};

/// The step that `contact` at `time` is for `attempt`: the first that is wanted and matches.
template <class Steps, class Contact, class Time>
std::optional<std::size_t> next_step(Steps const& steps, funnel_shape const& shape,
                                     funnel_attempt<Time> const& attempt, Contact const& contact,
                                     Time time) {
  bool const begins = attempt.depth(shape) == 0;
  for (std::size_t block = attempt.block; block < shape.blocks(); ++block) {
    for (std::size_t i = shape.begins[block]; i < shape.begins[block + 1]; ++i) {
      if (block == attempt.block && attempt.which.has(i - shape.begins[block])) continue;
      if (!begins) {
        if (shape.strictly_later && !(attempt.latest < time)) return std::nullopt;
        if (time - attempt.latest > shape.rules[i].longest) continue;
      }
      if (steps.match(i, contact)) return i;
    }
    if (!shape.rules[shape.begins[block]].optional) break;
  }
  return std::nullopt;
}

template <class Time>
void take_step(funnel_shape const& shape, funnel_attempt<Time>& attempt, std::size_t i, Time time) {
  while (i >= shape.begins[attempt.block + 1]) {  // optional steps are passed by
    ++attempt.block;
    attempt.taken = 0;
    attempt.which.clear();
  }
  attempt.which.add(i - shape.begins[attempt.block]);
  ++attempt.taken;
  attempt.latest = time;
  if (shape.begins[attempt.block] + attempt.taken == shape.begins[attempt.block + 1]) {
    ++attempt.block;
    attempt.taken = 0;
    attempt.which.clear();
  }
}

/// True where the next step of the attempt suffers no other contact before it.
template <class Time>
bool waits_adjacent(funnel_shape const& shape, funnel_attempt<Time> const& attempt) {
  std::size_t const next = attempt.depth(shape);
  return next > 0 && next < shape.rules.size() && shape.rules[next].adjacent;
}

/// What a contact does to an attempt.
enum class funnel_move : unsigned char { stays, moves, ends, ends_all, ends_entity };

/// `excluded(attempt depth, contact)` gives what an exclusion wants.
template <class Steps, class Contact, class Time, class Excluded>
funnel_move advance(Steps const& steps, funnel_shape const& shape, funnel_attempt<Time>& attempt,
                    Contact const& contact, Time time, Excluded const& excluded,
                    std::size_t* taken = nullptr) {
  if (time - attempt.anchor > shape.window) return funnel_move::ends;
  if (auto const i = next_step(steps, shape, attempt, contact, time)) {
    take_step(shape, attempt, *i, time);
    if (taken != nullptr) *taken = *i;
    return funnel_move::moves;
  }
  if (std::optional<on_excluded> const action = excluded(attempt.depth(shape), contact)) {
    if (*action == on_excluded::drop_entity) return funnel_move::ends_entity;
    return *action == on_excluded::restart ? funnel_move::ends_all : funnel_move::ends;
  }
  return waits_adjacent(shape, attempt) ? funnel_move::ends : funnel_move::stays;
}

/// All attempts of one journey that are under way, contact after contact.
template <class Time>
class funnel_attempts {
 public:
  std::size_t depth() const { return depth_; }  ///< the most steps that an attempt took
  bool dropped() const { return dropped_; }     ///< by an exclusion
  Time when() const { return when_; }           ///< that depth was reached
  /// The numbers of the contacts at which all began anew.
  std::vector<std::size_t> const& restarts() const { return restarts_; }

  template <class Steps, class Contact, class Excluded>
  void add(Steps const& steps, funnel_shape const& shape, Contact const& contact, Time time,
           bool may_begin, Excluded const& excluded) {
    std::size_t kept = 0;
    bool all_end = false, moved = shape.strictly_later;
    for (std::size_t i = 0; i < alive_.size(); ++i) {
      auto& one = alive_[i];
      auto const move = advance(steps, shape, one, contact, time, excluded);
      if (move == funnel_move::ends_entity) dropped_ = true;
      if (move == funnel_move::ends_all) all_end = true;
      if (move == funnel_move::moves) {
        reach(one.depth(shape), time);
        moved = true;
      }
      bool const goes_on = move == funnel_move::stays || move == funnel_move::moves;
      if (goes_on && one.block < shape.blocks()) {
        if (kept != i) alive_[kept] = std::move(one);
        ++kept;
      }
    }
    alive_.resize(all_end ? 0 : kept, funnel_attempt<Time>{time, time});
    if (all_end) restarts_.push_back(contacts_);
    ++contacts_;
    if (may_begin && begin(steps, shape, contact, time)) moved = true;
    if (moved) forget_the_overtaken(shape, time);
  }

 private:
  void reach(std::size_t depth, Time time) {
    if (depth <= depth_) return;
    depth_ = depth;
    when_ = time;
  }
  template <class Steps, class Contact>
  bool begin(Steps const& steps, funnel_shape const& shape, Contact const& contact, Time time) {
    funnel_attempt<Time> fresh{time, time};
    auto const first = next_step(steps, shape, fresh, contact, time);
    if (!first) return false;
    take_step(shape, fresh, *first, time);
    reach(fresh.depth(shape), time);
    if (fresh.block < shape.blocks()) alive_.push_back(std::move(fresh));
    return true;
  }
  /// Attempts stand in the order of their beginnings.
  void forget_the_overtaken(funnel_shape const& shape, Time time) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < alive_.size(); ++i) {
      bool overtaken = false;
      for (std::size_t j = i + 1; j < alive_.size() && !overtaken; ++j) {
        auto const &one = alive_[i], &later = alive_[j];
        overtaken = one.block == later.block && one.taken == later.taken &&
                    one.which == later.which && one.latest <= later.latest &&
                    (!shape.strictly_later || later.latest < time || one.latest == later.latest);
      }
      if (overtaken) continue;
      if (kept != i) alive_[kept] = std::move(alive_[i]);
      ++kept;
    }
    alive_.resize(kept, funnel_attempt<Time>{time, time});
  }

  std::vector<funnel_attempt<Time>> alive_;
  std::size_t depth_ = 0;
  Time when_{};
  bool dropped_ = false;
  std::size_t contacts_ = 0;
  std::vector<std::size_t> restarts_;
};

}  // namespace cxm::detail
