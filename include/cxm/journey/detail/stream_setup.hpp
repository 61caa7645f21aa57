// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/stream_policies.hpp>
#include <cxm/journey/watermark.hpp>
#include <cxm/stats/detail/key.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

/// \file
/// The policies of a stream, each in its place.

namespace cxm::detail {

template <class Row, class Source>
struct source_in {
  using type = char;
  static char of(Source const&, Row const&) { return 0; }
};
template <class Row, class Field>
struct source_in<Row, by_source<Field>> {
  using type = owned_t<field_value<Field, Row>>;
  static type of(by_source<Field> const& source, Row const& row) {
    return own(cxm::read(source.field, row));
  }
};

template <class Row, class Time, class Boundary, class Source, class Trust, class Notify,
          class Emit>
class stream_setup {
 public:
  using boundary_type = Boundary;
  using sources = source_in<Row, Source>;
  using watermark_type = watermark<typename sources::type, Time>;
  using ticks = typename Time::duration;

  stream_setup(Boundary cut, Source from, Trust clocks, Notify late, Emit to)
      : boundary_(std::move(cut)),
        source_(std::move(from)),
        trust_(std::move(clocks)),
        notify_(std::move(late)),
        emit_(std::move(to)) {}

  Boundary const& boundary() const { return *boundary_; }
  auto source_of(Row const& row) const { return sources::of(*source_, row); }
  /// Whether a clock that gave this time to the row is fast.
  bool skewed(Row const& row, Time at) const {
    if constexpr (requires { trust_.operator*().skew; }) {
      auto const& seen = cxm::read((*trust_).field, row);
      if constexpr (is_optional<std::remove_cvref_t<decltype(seen)>>)
        return seen && at > *seen && at - *seen > (*trust_).skew;
      else
        return at > seen && at - seen > (*trust_).skew;
    } else {
      return false;
    }
  }
  void notify(Row const& row, stream_notice why) const { (*notify_).sink(row, why); }
  template <class Journey>
  void emit(Journey const& journey) const {
    (*emit_).sink(journey);
  }
  /// Nobody waits for journeys: they can be counted many at a time.
  static constexpr bool emits = !std::is_same_v<Emit, only_counted>;

  std::uint64_t most_contacts = 0;  // 0: no cap
  ticks span{1};
  std::uint64_t most_bytes = UINT64_MAX;

 private:
  box<Boundary> boundary_;
  box<Source> source_;
  box<Trust> trust_;
  box<Notify> notify_;
  box<Emit> emit_;
};

}  // namespace cxm::detail
