// SPDX-License-Identifier: BSL-1.0
// What does a firm think that has several departments? Three firms with software for their offices:
// the users of one like it, its finance department does not and signs the contract. Averages say
// that all is well; the worst department, how far they are apart, and who never answered do not.
#include <cxm/core.hpp>
#include <cxm/event.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/account_portfolio.hpp>
#include <cxm/survey/account_score.hpp>
#include <cxm/survey/clustered.hpp>

#include <fmt/core.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using std::chrono::sys_days;
sys_days day(int n) {
  return sys_days(std::chrono::year(2025) / 1 / 1) + std::chrono::days(n);
}

struct answer {
  std::string contact;
  sys_days when;
  std::optional<int> recommend;
};

// Eve goes from one firm to another in between, and answers at both.
cxm::account_roster<std::string, std::string, std::string, sys_days> const roster({
    {"ann", "Acme", "IT", day(0)},
    {"bob", "Acme", "IT", day(0)},
    {"eve", "Acme", "finance", day(0), day(60)},
    {"fay", "Acme", "finance", day(30)},
    {"gus", "Acme", "users", day(0)},
    {"hal", "Acme", "users", day(0)},
    {"ida", "Globex", "IT", day(0)},
    {"eve", "Globex", "finance", day(60)},
    {"jan", "Globex", "users", day(0)},
    {"kim", "Initech", "IT", day(0)},
    {"lea", "Initech", "finance", day(0)},
    {"max", "Initech", "users", day(0)},
});
std::vector<answer> const answers = {
    {"ann", day(10), 9},  {"bob", day(11), 10}, {"eve", day(12), 4}, {"gus", day(12), 9},
    {"gus", day(40), 10}, {"gus", day(50), 9},  {"hal", day(13), 9}, {"ida", day(14), 9},
    {"eve", day(70), 9},  {"jan", day(20), 10}, {"kim", day(21), 8}, {"lea", day(22), {}},
    {"zoe", day(23), 0},  // nobody knows where she works
};
cxm::account_roles<std::string> const roles({{"IT", .3}, {"finance", .5, true}, {"users", .2}});

std::string number(cxm::maybe<double> const& value) {
  return value ? fmt::format("{:+.0f}", *value) : std::string(cxm::name(value.why()));
}
std::string_view name(cxm::maybe<cxm::account_class> const& verdict) {
  if (!verdict) return "unheard";
  constexpr std::string_view names[] = {"critic", "passive", "promoter"};
  return names[static_cast<std::size_t>(*verdict)];
}

}  // namespace

int main() {
  auto const account = cxm::account_at(roster, &answer::contact, &answer::when);
  auto const department = cxm::department_at(roster, &answer::contact, &answer::when);
  auto const score = cxm::on(&answer::recommend, cxm::nps());
  auto const [accounts, pooled] =
      cxm::measure(answers,
                   cxm::all(cxm::by(account, cxm::by(department, cxm::by(&answer::contact, score))),
                            cxm::clustered(account, score)))
          .result();

  std::vector<cxm::account_score<std::string>> firms;
  for (auto const& [firm, departments] : accounts) {
    if (!firm) {
      fmt::print("answers of {} contact whose account nobody knows\n", departments.size());
      continue;
    }
    auto const found = cxm::account_score_of(departments, roles);
    fmt::print("{}: {}; {} contacts, {} answers\n", *firm, name(found.verdict), found.contacts,
               found.answers);
    fmt::print("  contacts {}, departments {}, by role {}, worst {}, apart by {}\n",
               number(found.contact_mean), number(found.department_mean),
               number(found.role_weighted), number(found.worst), number(found.disagreement));
    for (auto const& one : found.departments)
      fmt::print("    {:<8} {:>8}{}\n", one.department, number(one.value),
                 one.decides ? "  decides" : "");
    fmt::print("  heard {:.0f} % of the roles", 100 * found.coverage);
    for (auto const& one : found.silent) fmt::print(", not {}", one);
    fmt::print("\n");
    firms.push_back(found);
  }

  auto const together = cxm::portfolio_of(firms);
  fmt::print("one vote an account: {} promoters, {} passives, {} critics, net {}\n",
             together.promoters, together.passives, together.critics, number(together.net));
  fmt::print("all answers together: {} with an error of {:.0f} points, by account\n",
             number(pooled.value), *pooled.standard_error);
}
