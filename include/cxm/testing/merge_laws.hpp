// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/core/save.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// For users who write their own accumulators: what no compiler checks, checked on saved bytes.
/// With any test framework: \code
///   auto const report = cxm::check_merge_laws(my_metric(), answers);
///   INFO(report.text());
///   CHECK(report.holds());
/// \endcode

namespace cxm {

/// Which laws were broken, in sentences; at most `most` of them are kept.
class law_report {
 public:
  static constexpr std::size_t most = 20;

  bool holds() const { return broken_.empty(); }
  /// How many comparisons were made.
  std::uint64_t checks() const { return checks_; }
  std::vector<std::string> const& broken() const { return broken_; }
  /// All sentences, one a line.
  std::string text() const {
    std::string lines;
    for (auto const& sentence : broken_) lines += sentence + '\n';
    return lines;
  }

  void check(bool holds, std::string_view sentence) {
    ++checks_;
    if (!holds && broken_.size() < most) broken_.emplace_back(sentence);
  }
  void add(law_report const& other) {
    checks_ += other.checks_;
    for (auto const& sentence : other.broken_)
      if (broken_.size() < most) broken_.push_back(sentence);
  }

 private:
  std::uint64_t checks_ = 0;
  std::vector<std::string> broken_;
};

/// How much is tried.
struct law_effort {
  std::uint64_t seed = 1;     ///< the same seed tries the same partitions
  std::uint64_t rounds = 20;  ///< random partitions for each number of shards
  std::size_t bytes_to_flip =
      4'096;  ///< of longer images only that many places are damaged, evenly spread
};

namespace detail {

class law_dice {
 public:
  explicit law_dice(std::uint64_t seed) : state_(seed) {}
  /// A number below `bound`, with a bias that does not matter here.
  std::size_t below(std::size_t bound) {
    return static_cast<std::size_t>(mix(state_ += 0x9e3779b97f4a7c15U) % bound);
  }
  template <class Type>
  void shuffle(std::vector<Type>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::uint64_t state_;
};

/// The addresses of all events; of copies where the range makes its events as it is read, as a
/// journey store does.
template <class Events>
class law_events {
  using reference = decltype(*std::begin(std::declval<Events const&>()));

 public:
  using event = std::remove_cvref_t<reference>;

  explicit law_events(Events const& events) {
    if constexpr (std::is_lvalue_reference_v<reference>) {
      for (auto const& one : events) all_.push_back(&one);
    } else {
      for (auto&& one : events) copies_.push_back({one});
      for (auto const& one : copies_) all_.push_back(&one.event);
    }
  }
  law_events(law_events const&) = delete;
  law_events& operator=(law_events const&) = delete;
  std::vector<event const*> const& addresses() const { return all_; }

 private:
  struct copy {
    law_events::event event;
  };
  std::vector<copy> copies_;
  std::vector<event const*> all_;
};

template <class Accumulator>
Accumulator merged(Accumulator a, Accumulator const& b) {
  a.merge(b);
  return a;
}

template <class Plan, class Event>
Plan counted(Plan plan, std::vector<Event const*> const& events) {
  for (auto const* event : events) plan.add(*event);
  return plan;
}

/// Writes the right checksum under bytes that were changed.
inline void sign_again(saved_bytes& image) {
  auto const body = image.size() - sizeof(std::uint64_t);
  auto const sum = checksum(std::span<std::byte const>(image).first(body));
  for (std::size_t i = 0; i < sizeof sum; ++i)
    image[body + i] = static_cast<std::byte>(sum >> (8 * i));
}

/// Bytes with a right checksum must be refused, or load as a state that saves as the very same
/// bytes.
template <class Plan>
void check_forged(law_report& report, Plan const& plan, saved_bytes image,
                  std::string const& where) {
  sign_again(image);
  auto const loaded = try_load(plan, image);
  report.check(!loaded || save(*loaded) == image,
               "load: takes forged bytes for a state that saves otherwise, " + where);
}

}  // namespace detail

/// Damages the bytes of `state` in every way that is cheap to try: cut short at every length, every
/// bit flipped, bytes appended; then forged, with a right checksum under changed bytes. Nothing of
/// it may load as something else. `plan` is what the state was counted by. O(size² + size · states
/// loaded).
template <accumulator Accumulator>
law_report check_saved_bytes(Accumulator const& plan, Accumulator const& state,
                             law_effort effort = {}) {
  law_report report;
  saved_bytes const image = save(state);
  auto const loaded = try_load(plan, image);
  report.check(loaded.has_value(), "load: refuses the bytes that save wrote");
  if (loaded) report.check(save(*loaded) == image, "load: the loaded state saves as other bytes");
  if (loaded) report.check(*loaded == state, "load: the loaded state does not equal the saved one");

  std::size_t const step = image.size() / effort.bytes_to_flip + 1;
  for (std::size_t size = 0; size < image.size(); size += step) {
    std::string const where = "cut to " + std::to_string(size) + " bytes";
    saved_bytes cut(image.begin(), image.begin() + static_cast<std::ptrdiff_t>(size));
    report.check(!try_load(plan, cut), "load: takes bytes that are " + where);
    if (size >= sizeof(std::uint64_t)) detail::check_forged(report, plan, cut, where);
  }
  saved_bytes longer = image;
  longer.push_back(std::byte{0});
  report.check(!try_load(plan, longer), "load: takes bytes with one more at their end");
  for (std::size_t at = 0; at < image.size(); at += step) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string const where =
          "bit " + std::to_string(bit) + " of byte " + std::to_string(at) + " flipped";
      saved_bytes flipped = image;
      flipped[at] ^= std::byte{1} << bit;
      report.check(!try_load(plan, flipped), "load: takes bytes with " + where);
      if (at + sizeof(std::uint64_t) < image.size())
        detail::check_forged(report, plan, flipped, where);
    }
    for (unsigned value : {0x00U, 0x7fU, 0x80U, 0xffU}) {
      saved_bytes changed = image;
      changed[at] = static_cast<std::byte>(value);
      if (at + sizeof(std::uint64_t) < image.size())
        detail::check_forged(report, plan, changed, "byte " + std::to_string(at) + " set");
    }
  }
  return report;
}

/// Checks that `plan` keeps what `merge_law::exact` promises when it counts `events`: an empty
/// state changes nothing, neither order nor grouping of merges matters, and 1, 2, 3, 7 and 64
/// shards of a random partition, each in random order and through save and load, merge to the bytes
/// of one pass; a state may be merged with itself. Then `check_saved_bytes` on the result.
template <accumulator Plan, class Events>
law_report check_merge_laws(Plan const& plan, Events const& events, law_effort effort = {}) {
  detail::law_events<Events> const kept(events);
  using event = typename detail::law_events<Events>::event;
  auto const empty = cxm::bind<event>(plan);
  using state = std::remove_const_t<decltype(empty)>;
  static_assert(merge_law_of<state> == merge_law::exact && !needs_order<state>,
                "cxm::check_merge_laws: this accumulator does not promise merge_law::exact");
  std::vector<event const*> all = kept.addresses();
  auto const whole = detail::counted(empty, all);
  auto const once = save(whole);
  law_report report;
  detail::law_dice dice(effort.seed);

  report.check(save(detail::merged(whole, empty)) == once,
               "merge: an empty state changes the bytes");
  report.check(save(detail::merged(empty, whole)) == once,
               "merge: into an empty state gives other bytes");
  auto twice = whole;
  twice.merge(twice);
  report.check(save(twice) == save(detail::merged(whole, whole)),
               "merge: with itself differs from with a copy");

  for (std::uint64_t round = 0; round < effort.rounds; ++round) {
    dice.shuffle(all);
    for (std::size_t const count : {1U, 2U, 3U, 7U, 64U}) {
      std::vector<state> shards(count, empty);
      for (auto const* one : all) shards[dice.below(count)].add(*one);
      if (count == 3) {
        auto const& a = shards[0];
        auto const& b = shards[1];
        auto const& c = shards[2];
        report.check(save(detail::merged(a, b)) == save(detail::merged(b, a)),
                     "merge: a + b differs from b + a");
        report.check(save(detail::merged(detail::merged(a, b), c)) ==
                         save(detail::merged(a, detail::merged(b, c))),
                     "merge: (a + b) + c differs from a + (b + c)");
      }
      dice.shuffle(shards);
      auto total = empty;
      for (auto const& shard : shards) total.merge(load(empty, save(shard)));
      report.check(save(total) == once,
                   "merge: " + std::to_string(count) + " shards give other bytes than one pass");
    }
  }
  report.add(check_saved_bytes(empty, whole, effort));
  return report;
}

}  // namespace cxm
