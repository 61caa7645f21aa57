// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/detail/centre_table.hpp>
#include <cxm/segment/detail/instructions.hpp>
#include <cxm/segment/detail/points.hpp>
#include <cxm/segment/detail/row_filter.hpp>
#include <cxm/segment/detail/row_pack.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// The nearest centres of many rows: by the kernel where it is certain, by the centre table's exact
/// answer where it is not.

namespace cxm::detail {

/// Memory that one part of the work needs: some tiles of packed rows, at most 16 KiB or one tile.
struct tile_memory {
  struct alignas(64) line {
    std::array<float, tile_rows / 2> values;
  };
  std::vector<line> packed;
  std::vector<double> row;
  nearest_answer answer;
};

template <class Number>
class tile_labels {
 public:
  tile_labels(basic_points<Number> const& all, row_frame<Number> frame, nearest_kernel kernel)
      : points_(all), frame_(std::move(frame)), kernel_(kernel) {}

  row_frame<Number> const& frame() const { return frame_; }
  packed_centres const& packed() const { return packed_; }
  void look_at(centre_table const& centres) {
    centres_ = &centres;
    packed_.pack(centres.flat(), centres.size(), frame_);
  }
  /// How many rows are best given at once.
  std::size_t block() const {
    return tile_rows * std::clamp<std::size_t>(128 / (points_.dimension() + 1), 1, 8);
  }

  /// Calls `use(first, count, answer, undecided)` for each tile of the `count` rows whose numbers
  /// are in `rows`. The labels of `answer` are right; the scores of undecided rows are not.
  template <class Use>
  void operator()(std::uint32_t const* rows, std::size_t count, tile_memory& memory,
                  Use&& use) const {
    std::size_t const tiles = (count + tile_rows - 1) / tile_rows;
    std::size_t const lines = 2 * points_.dimension();
    bool const certain = packed_.usable();
    if (certain) {
      memory.packed.resize(tiles * lines);
      for (std::size_t t = 0; t < tiles; ++t)
        pack(rows + t * tile_rows, count - t * tile_rows, floats(memory, t * lines));
    }
    for (std::size_t t = 0; t < tiles; ++t) {
      std::size_t const first = t * tile_rows;
      std::size_t const here = std::min(tile_rows, count - first);
      std::uint32_t undecided = ~std::uint32_t{0};
      if (certain) undecided = kernel_(packed_.task(floats(memory, t * lines)), memory.answer);
      if (here < tile_rows) undecided &= (std::uint32_t{1} << here) - 1;
      for (auto left = undecided; left != 0; left &= left - 1) {
        auto const r = static_cast<std::size_t>(std::countr_zero(left));
        memory.answer.label[r] = exactly(rows[first + r], memory.row);
      }
      use(first, here, memory.answer, undecided);
    }
  }

 private:
  static float* floats(tile_memory& memory, std::size_t line) {
    return memory.packed[line].values.data();
  }
  /// The last tile is filled up with its first row.
  void pack(std::uint32_t const* rows, std::size_t count, float* packed) const {
    Number const* at[tile_rows];
    for (std::size_t r = 0; r < tile_rows; ++r) at[r] = points_[rows[r < count ? r : 0]];
    pack_rows(at, frame_, packed);
  }
  std::uint32_t exactly(std::size_t row, std::vector<double>& copy) const {
    if constexpr (std::is_same_v<Number, double>) {
      return centres_->nearest(points_[row]);
    } else {
      copy.assign(points_[row], points_[row] + points_.dimension());
      return centres_->nearest(copy.data());
    }
  }

  basic_points<Number> const& points_;
  row_frame<Number> frame_;
  nearest_kernel kernel_;
  packed_centres packed_;
  centre_table const* centres_ = nullptr;
};

}  // namespace cxm::detail
