// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A zone with its history, from the bytes of a compiled zone file (TZif, RFC 8536, versions 1 to
/// 4). The bytes may come from anywhere, an application's resources as well as the system's files
/// (io/zone_file.hpp), and are not trusted: every count is checked against the bytes that are
/// there.

#include <cxm/core/error.hpp>
#include <cxm/core/posix_zone.hpp>
#include <cxm/core/zone.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {

/// Big-endian reads over untrusted bytes; a read past the end fails for good and gives 0.
class tzif_bytes {
 public:
  explicit tzif_bytes(std::string_view file) : rest_(file) {}

  bool ok() const { return ok_; }
  std::string_view take(std::uint64_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    auto const taken = rest_.substr(0, static_cast<std::size_t>(count));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  /// A two's complement number of 1, 4 or 8 bytes; one byte is unsigned.
  std::int64_t number(std::size_t width) {
    std::uint64_t value = 0;
    for (char const c : take(width)) value = value << 8 | static_cast<unsigned char>(c);
    return width == 4 ? static_cast<std::int32_t>(value) : static_cast<std::int64_t>(value);
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

/// The fixed header before each data block.
struct tzif_header {
  char version = 0;
  std::uint64_t utc_flags = 0, standard_flags = 0, leaps = 0, times = 0, types = 0, characters = 0;

  static std::optional<tzif_header> read(tzif_bytes& bytes) {
    if (bytes.take(4) != "TZif") return std::nullopt;
    tzif_header header;
    header.version = static_cast<char>(bytes.number(1));
    bytes.take(15);
    for (auto* const count : {&header.utc_flags, &header.standard_flags, &header.leaps,
                              &header.times, &header.types, &header.characters})
      *count = static_cast<std::uint32_t>(bytes.number(4));
    if (!bytes.ok()) return std::nullopt;
    return header;
  }
  std::uint64_t block_size(std::uint64_t width) const {
    return times * (width + 1) + types * 6 + characters + leaps * (width + 4) + standard_flags +
           utc_flags;
  }
};

}  // namespace detail

/// See the file comment. Before the first change the file's first type holds; after the last one
/// its POSIX rule does, or the last offset where it has no rule. A lookup is a binary search.
class tz_rules {
 public:
  /// Throws std::invalid_argument for bytes that are not a zone file, and for the files of the
  /// "right" kind, which count leap seconds and so do not fit system time.
  explicit tz_rules(std::string_view tzif) {
    auto read = parse(tzif);
    if (!read) detail::refuse("cxm::tz_rules: not a zone file (TZif without leap seconds)");
    *this = std::move(*read);
  }

  /// The same, without exceptions.
  static std::optional<tz_rules> parse(std::string_view tzif) {
    detail::tzif_bytes bytes(tzif);
    auto header = detail::tzif_header::read(bytes);
    if (!header) return std::nullopt;
    std::uint64_t width = 4;
    if (header->version >= '2') {
      // The first block is for readers of 1980s times; the same follows with 64 bits.
      bytes.take(header->block_size(4));
      header = detail::tzif_header::read(bytes);
      if (!header) return std::nullopt;
      width = 8;
    }
    tz_rules rules;
    if (!rules.read_block(bytes, *header, width)) return std::nullopt;
    if (width == 8 && !rules.read_footer(bytes.rest())) return std::nullopt;
    return rules;
  }

  /// How far clocks are ahead of UTC.
  std::chrono::seconds offset_at(std::chrono::sys_seconds at) const {
    std::int64_t const t = at.time_since_epoch().count();
    if (rule_ && (times_.empty() || t >= times_.back())) return rule_->offset_at(at);
    auto const after = std::upper_bound(times_.begin(), times_.end(), t);
    if (after == times_.begin()) return std::chrono::seconds(first_);
    return std::chrono::seconds(offsets_[static_cast<std::size_t>(after - times_.begin()) - 1]);
  }

  template <class Duration>
  auto operator()(std::chrono::sys_time<Duration> at) const {
    return std::chrono::local_time<detail::with_seconds<Duration>>(
        at.time_since_epoch() + offset_at(std::chrono::floor<std::chrono::seconds>(at)));
  }

 private:
  tz_rules() = default;

  bool read_block(detail::tzif_bytes& bytes, detail::tzif_header const& header,
                  std::uint64_t width) {
    detail::tzif_bytes block(bytes.take(header.block_size(width)));
    if (!bytes.ok() || header.types == 0 || header.types > 256 || header.leaps != 0) return false;
    // All counts now fit the bytes that are there, so that nothing below can ask for more memory.
    for (std::uint64_t i = 0; i < header.times; ++i) {
      times_.push_back(block.number(static_cast<std::size_t>(width)));
      if (i > 0 && times_[i] <= times_[i - 1]) return false;
    }
    auto const types = block.take(header.times);
    std::vector<std::int32_t> offset_of;
    for (std::uint64_t i = 0; i < header.types; ++i) {
      offset_of.push_back(static_cast<std::int32_t>(block.number(4)));
      block.take(2);
      if (offset_of.back() <= -93600 || offset_of.back() >= 93600) return false;
    }
    for (char const type : types) {
      if (static_cast<unsigned char>(type) >= offset_of.size()) return false;
      offsets_.push_back(offset_of[static_cast<unsigned char>(type)]);
    }
    first_ = offset_of.front();
    return true;
  }

  bool read_footer(std::string_view footer) {
    if (footer.size() < 2 || footer.front() != '\n') return false;
    footer.remove_prefix(1);
    footer = footer.substr(0, footer.find('\n'));
    if (footer.empty()) return true;
    rule_ = posix_zone::parse(footer);
    if (!rule_) return false;
    write_out_rule();
    return true;
  }

  // Small zone files leave all of today's changes to the rule, which is slow to ask: write its
  // changes out to the year 2100.
  void write_out_rule() {
    using namespace std::chrono;
    constexpr auto from = sys_days{year{1900} / January / 1}.time_since_epoch();
    constexpr auto to = sys_days{year{2100} / January / 1}.time_since_epoch();
    if (!rule_->has_summer() || times_.empty()) return;
    seconds const last{times_.back()};
    if (last < from || last >= to) return;
    for (year y = year_month_day(floor<days>(sys_seconds(last))).year(); y <= year{2100}; ++y) {
      auto changes = rule_->changes(y);
      if (changes[1].at < changes[0].at) std::swap(changes[0], changes[1]);
      for (auto const& change : changes) {
        if (change.at.time_since_epoch().count() <= times_.back()) continue;
        times_.push_back(change.at.time_since_epoch().count());
        offsets_.push_back(static_cast<std::int32_t>(change.offset.count()));
      }
    }
  }

  std::vector<std::int64_t> times_;    // of the changes, ascending
  std::vector<std::int32_t> offsets_;  // from each change on
  std::int32_t first_ = 0;             // before the first
  std::optional<posix_zone> rule_;     // from the last on
};

}  // namespace cxm
