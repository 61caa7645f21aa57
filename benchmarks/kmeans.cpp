// SPDX-License-Identifier: BSL-1.0
//
// k-means over a million rows of 16 floats, 25 rounds from the same start: a plain loop by hand
// against `kmeans(point_rows{…}, k, lloyd{} or hamerly{})` with each instruction set of this
// machine. `kmeans rows turns FILE` writes the rows to FILE as raw floats, so that other libraries
// can be measured on the same.
#include <cxm/core/rng.hpp>
#include <cxm/segment/kmeans.hpp>

#include "harness.hpp"

#include <cmath>
#include <functional>
#include <limits>

namespace {

constexpr std::size_t d = 16;
/// The labels of the last round belong to centres that were moved 25 times.
constexpr std::size_t rounds = 26;

/// 40 clusters with centres in [-5, 5]^16 and a deviation of 1.6, in any order.
std::vector<float> make_rows(std::size_t n) {
  cxm::random_stream random(cxm::seed{16});
  std::vector<double> centres(40 * d);
  for (auto& value : centres) value = 10 * random.unit() - 5;
  std::vector<float> rows;
  rows.reserve(n * d);
  for (std::size_t i = 0; i < n; ++i) {
    auto const c = random.below(40);
    for (std::size_t j = 0; j < d; ++j) {
      double normal = -6;  // by twelve uniform numbers
      for (int t = 0; t < 12; ++t) normal += random.unit();
      rows.push_back(static_cast<float>(centres[c * d + j] + 1.6 * normal));
    }
  }
  return rows;
}

/// The first centres: rows spread over the data.
std::vector<std::vector<double>> start(std::vector<float> const& rows, std::size_t k) {
  std::vector<std::vector<double>> centres;
  for (std::size_t c = 0; c < k; ++c) {
    auto const* row = rows.data() + rows.size() / d / k * c * d;
    centres.emplace_back(row, row + d);
  }
  return centres;
}

/// Six digits of the inertia: what all must agree on.
std::uint64_t digits(double inertia) {
  double const unit = std::pow(10, std::floor(std::log10(inertia)) - 5);
  return static_cast<std::uint64_t>(std::llround(inertia / unit));
}

std::uint64_t by_hand(std::vector<float> const& rows, std::size_t k) {
  std::size_t const n = rows.size() / d;
  std::vector<float> centres;
  for (auto const& one : start(rows, k))
    for (double const value : one) centres.push_back(static_cast<float>(value));
  double inertia = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    std::vector<double> sums(k * d), counts(k);
    inertia = 0;
    for (std::size_t i = 0; i < n; ++i) {
      float const* row = rows.data() + i * d;
      std::size_t at = 0;
      float least = std::numeric_limits<float>::infinity();
      for (std::size_t c = 0; c < k; ++c) {
        float sum = 0;
        for (std::size_t j = 0; j < d; ++j) {
          float const difference = row[j] - centres[c * d + j];
          sum += difference * difference;
        }
        if (sum < least) least = sum, at = c;
      }
      inertia += static_cast<double>(least);
      counts[at] += 1;
      for (std::size_t j = 0; j < d; ++j) sums[at * d + j] += static_cast<double>(row[j]);
    }
    for (std::size_t i = 0; i < k * d; ++i)
      centres[i] = static_cast<float>(sums[i] / counts[i / d]);
  }
  return digits(inertia);
}

template <class Step>
std::uint64_t by_cxm(std::vector<float> const& rows, std::size_t k, Step step,
                     cxm::instruction_set set) {
  auto const found = cxm::kmeans(cxm::point_rows{rows.data(), rows.size() / d, d}, k,
                                 cxm::given_centres{start(rows, k)}, step,
                                 cxm::until_stable{rounds}, cxm::with_instructions{set});
  return digits(found.inertia);
}

void compare(std::vector<float> const& rows, std::size_t k, int turns) {
  bench::contest<std::function<std::uint64_t()>> rivals(
      "k-means, k = " + std::to_string(k) + ", " + std::to_string(rounds) + " rounds",
      rows.size() / d);
  rivals.add("by hand", [&] { return by_hand(rows, k); });
  char const* const names[] = {"scalar", "SSE2", "AVX2", "AVX-512"};
  for (auto const set : {cxm::instruction_set::scalar, cxm::instruction_set::sse2,
                         cxm::instruction_set::avx2, cxm::instruction_set::avx512}) {
    if (!cxm::detail::is_supported(set)) continue;
    std::string const name = names[static_cast<std::size_t>(set)];
    rivals.add("cxm, lloyd, " + name, [&, set] { return by_cxm(rows, k, cxm::lloyd{}, set); });
    rivals.add("cxm, hamerly, " + name, [&, set] { return by_cxm(rows, k, cxm::hamerly{}, set); });
  }
  rivals.run(turns);
  std::printf("  memory beside the rows: lloyd %zu, hamerly %zu bytes a row\n",
              bench::peak_memory_of([&] {
                by_cxm(rows, k, cxm::lloyd{}, cxm::detail::best_instructions());
              }) / (rows.size() / d),
              bench::peak_memory_of([&] {
                by_cxm(rows, k, cxm::hamerly{}, cxm::detail::best_instructions());
              }) / (rows.size() / d));
}

void write(std::vector<float> const& rows, char const* path) {
  std::FILE* const file = std::fopen(path, "wb");
  if (!file || std::fwrite(rows.data(), sizeof(float), rows.size(), file) != rows.size() ||
      std::fclose(file) != 0) {
    std::fprintf(stderr, "kmeans: can't write %s\n", path);
    std::exit(1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  auto settings = bench::read_settings(argc, argv);
  if (argc < 2) settings.events = 1'000'000;
  auto const rows = make_rows(settings.events);
  if (argc > 3) write(rows, argv[3]);
  for (std::size_t const k : {8U, 64U}) compare(rows, k, settings.turns);
}
