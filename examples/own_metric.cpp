// SPDX-License-Identifier: BSL-1.0
// A metric of one's own in the scheme of the library, twice: a reading of the tally, in ten lines,
// and an accumulator with a state of its own, in thirty. Both go wherever the library's go: inside
// on, by and all, merged and saved.
#include <cxm/core.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <vector>

// A reading: trust on a scale from 1 to 10, the share of 8 and more less the share of 4 and less.
struct trust_reading {
  cxm::maybe<double> operator()(cxm::tally_counts const& counts) const {
    auto const n = counts.n();
    if (n == 0) return cxm::reason::no_data;
    return cxm::net_share(counts.between(8, 10), counts.between(1, 4), n);
  }
};
auto trust() {
  return cxm::tally(cxm::points<1, 10>{}, trust_reading{});
}

// An accumulator: the longest text that customers wrote, in bytes. Add, merge, result, and a
// description of the state, from which equality, save, load and the fingerprint follow.
class longest_text {
 public:
  static constexpr std::string_view type_name = "example.longest_text";
  static constexpr cxm::merge_law merges = cxm::merge_law::exact;

  void add(std::string const& text) {
    ++n_;
    longest_ = std::max(longest_, std::uint64_t{text.size()});
  }
  void merge(longest_text const& other) {
    n_ += other.n_;
    longest_ = std::max(longest_, other.longest_);
  }
  cxm::maybe<std::uint64_t> result() const {
    if (n_ == 0) return cxm::reason::no_data;
    return longest_;
  }
  static void describe(auto& self, auto& visit) {
    visit.state("n", self.n_);
    visit.state("longest", self.longest_);
  }

 private:
  std::uint64_t n_ = 0;
  std::uint64_t longest_ = 0;
};

struct answer {
  std::string channel;
  int trust;
  std::string text;
};

int main() {
  std::vector<answer> const answers = {
      {"web", 9, "fine"}, {"web", 3, "nobody called back"}, {"shop", 8, ""}, {"web", 10, "!"}};
  auto const plan = cxm::by(&answer::channel, cxm::all(cxm::on(&answer::trust, trust()),
                                                       cxm::on(&answer::text, longest_text())));

  auto const found = cxm::measure(answers, plan);
  auto const again = cxm::load(plan, cxm::save(found));
  fmt::print("saved and loaded: {}\n", again == found);
  for (auto const& [channel, results] : again.result()) {
    auto const& [trusted, longest] = results;
    fmt::print("{}: net trust {:+.2f}, longest text {} bytes\n", channel, *trusted, *longest);
  }
}
