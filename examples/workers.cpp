// SPDX-License-Identifier: BSL-1.0
// One plan, many workers: each counts its shard and saves its state, the states are merged in any
// order, and the bytes are those of a single pass.
#include <cxm/core.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include <fmt/core.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

struct answer {
  std::string touchpoint;
  std::optional<int> recommend;
  std::chrono::seconds waited;
};

// Fields have names here, because the plan is saved: a state of "waited" never loads as one of
// another duration.
auto plan() {
  return cxm::by(cxm::field<"touchpoint">(&answer::touchpoint),
                 cxm::all(cxm::on(cxm::field<"recommend">(&answer::recommend), cxm::nps()),
                          cxm::on(cxm::field<"waited">(&answer::waited),
                                  cxm::all(cxm::moments(), cxm::log_histogram()))));
}

int main() {
  std::vector<answer> answers;
  for (int i = 0; i < 30'000; ++i) {
    auto const waited = std::chrono::seconds(i * 7919 % 3600);
    answers.push_back({i % 3 == 0 ? "shop" : "call",
                       waited.count() % 5 == 0 ? std::nullopt : std::optional(i * 31 % 11),
                       waited});
  }

  constexpr std::size_t workers = 4;
  std::vector<cxm::saved_bytes> saved(workers);
  std::vector<std::thread> threads;
  for (std::size_t worker = 0; worker < workers; ++worker)
    threads.emplace_back([&, worker] {
      auto part = plan();
      for (std::size_t i = worker; i < answers.size(); i += workers) part.add(answers[i]);
      saved[worker] = cxm::save(part);  // to a file, a queue, another machine
    });
  for (auto& thread : threads) thread.join();

  auto total = plan();
  for (std::size_t worker : {2, 0, 3, 1}) total.merge(cxm::load(plan(), saved[worker]));

  auto const single = cxm::measure(answers, plan());
  fmt::print("merged state equals one pass, byte for byte: {}\n",
             cxm::save(total) == cxm::save(single));
  for (auto const& [touchpoint, results] : total.result()) {
    auto const& [recommend, waited] = results;
    auto const& [moments, quantiles] = waited;
    fmt::print("{}: NPS {:+.1f} of {}, waited {:.0f} s on average, 95 % at most {:.0f} s\n",
               touchpoint, *recommend.value, recommend.n, moments.mean->count(),
               quantiles.at(0.95)->count());
  }

  auto damaged = saved[0];
  damaged[damaged.size() / 2] ^= std::byte{1};
  try {
    cxm::load(plan(), damaged);
  } catch (cxm::bad_state const& problem) {
    fmt::print("{}\n", problem.what());
  }
}
