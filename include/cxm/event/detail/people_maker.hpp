// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/event/detail/guarded_union.hpp>
#include <cxm/event/detail/sighting_log.hpp>
#include <cxm/event/people.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// \file
/// From evidence to persons, by rules, in four steps: identifiers in order, those that link
/// nothing, links in the order in which they are tried (strong before weak, early before late), and
/// the guarded unions. Each depends on the set of sightings alone, and on nothing outside of what
/// is linked together: taking evidence away changes nobody else.

namespace cxm::detail {

class people_maker {
 public:
  people_maker(sighting_log const& log, identity_rules const& rules, std::int64_t until)
      : log_(log), rules_(rules), until_(until) {}

  people make() && {
    order_identifiers();
    find_blocked();
    find_shared();
    collect_links();
    unite();
    return std::move(found_);
  }

 private:
  static constexpr std::uint32_t unseen = UINT32_MAX;
  using use = people::use;
  struct link {
    std::uint32_t strong = 0, weak = 0;
    std::int64_t first = 0, last = 0;
  };

  template <class Use>
  void each_sighting(Use const& use_it) const {
    for (auto const& one : log_.sightings())
      if (one.copies > 0 && one.time <= until_) use_it(one);
  }
  void order_identifiers() {
    auto const& table = log_.identifiers();
    rank_.assign(table.size(), unseen);
    each_sighting([&](sighting const& one) {
      for (auto const id : log_.of(one)) rank_[id] = 0;
    });
    std::vector<std::uint32_t> order;
    for (std::uint32_t id = 0; id < rank_.size(); ++id)
      if (rank_[id] != unseen) order.push_back(id);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return table.before(a, b); });
    for (auto const& kind : rules_.kinds) found_.names_.push_back(kind.name);
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      rank_[order[i]] = i;
      found_.kinds_.push_back(table.kind(order[i]));
      found_.text_ += '?';
      found_.text_ += rules_.kinds[table.kind(order[i])].name;
      found_.text_ += ':';
      found_.text_ += table.value(order[i]);
      found_.ends_.push_back(found_.text_.size());
    }
    found_.uses_.assign(order.size(), use::links);
    first_.assign(order.size(), INT64_MAX);
    each_sighting([&](sighting const& one) {
      for (auto const id : log_.of(one)) first_[rank_[id]] = std::min(first_[rank_[id]], one.time);
    });
  }
  void find_blocked() {
    for (std::uint32_t i = 0; i < found_.uses_.size(); ++i) {
      auto const value = found_.value(i);
      if (!identifies_nobody(value) &&
          std::find(rules_.blocked.begin(), rules_.blocked.end(), value) == rules_.blocked.end())
        continue;
      found_.uses_[i] = use::blocked;
      found_.refusals_.push_back(
          {identity_refusal::blocked, std::string(found_.name(i)), {}, {}, 0, 0});
    }
  }
  /// Identifiers seen with too many of the strongest kind.
  void find_shared() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> seen;  // an identifier, its owner
    each_sighting([&](sighting const& one) {
      for (auto const owner : log_.of(one)) {
        auto const strong = rank_[owner];
        if (found_.kinds_[strong] != 0 || found_.uses_[strong] == use::blocked) continue;
        for (auto const id : log_.of(one))
          if (found_.kinds_[rank_[id]] != 0) seen.emplace_back(rank_[id], strong);
      }
    });
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    for (std::size_t begin = 0, end = 0; begin < seen.size(); begin = end) {
      while (end < seen.size() && seen[end].first == seen[begin].first) ++end;
      auto const at = seen[begin].first;
      if (end - begin <= rules_.owners || found_.uses_[at] == use::blocked) continue;
      found_.uses_[at] = use::shared;
      found_.refusals_.push_back({identity_refusal::shared,
                                  std::string(found_.name(at)),
                                  {},
                                  {},
                                  end - begin,
                                  rules_.owners});
    }
  }
  /// Of each sighting, its strongest identifier with each of the others.
  void collect_links() {
    std::vector<std::uint32_t> together;
    each_sighting([&](sighting const& one) {
      together.clear();
      for (auto const id : log_.of(one))
        if (found_.uses_[rank_[id]] == use::links) together.push_back(rank_[id]);
      if (together.size() < 2) return;
      auto const strong = *std::min_element(together.begin(), together.end());
      for (auto const weak : together)
        if (weak != strong) links_.push_back({strong, weak, one.time, one.time});
    });
    std::sort(links_.begin(), links_.end(), [](link const& a, link const& b) {
      return std::pair(a.strong, a.weak) < std::pair(b.strong, b.weak);
    });
    std::size_t kept = 0;
    for (auto const& one : links_) {
      if (kept > 0 && links_[kept - 1].strong == one.strong && links_[kept - 1].weak == one.weak) {
        links_[kept - 1].first = std::min(links_[kept - 1].first, one.first);
        links_[kept - 1].last = std::max(links_[kept - 1].last, one.last);
      } else {
        links_[kept++] = one;
      }
    }
    links_.resize(kept);
    auto const key = [&](link const& one) {
      return std::tuple(found_.kinds_[one.weak], one.first, one.strong, one.weak);
    };
    std::sort(links_.begin(), links_.end(),
              [&](link const& a, link const& b) { return key(a) < key(b); });
  }
  void unite() {
    guarded_union components(rules_, found_.kinds_);
    std::vector<bool> claimed;  // by link: does it say whose its weak end is?
    for (auto const& one : links_) {
      auto const refused = components.unite(one.strong, one.weak);
      // Only that there is another owner: then time may tell whose it was.
      claimed.push_back(refused.limit == 0 || (refused.why == identity_refusal::kind_limit &&
                                               refused.kind < found_.kinds_[one.weak]));
      if (refused.limit > 0) record(one, refused);
    }
    name_components(components);
    for (std::size_t i = 0; i < links_.size(); ++i) add_claim(links_[i], claimed[i]);
    std::sort(found_.claims_.begin(), found_.claims_.end(), [](claim const& a, claim const& b) {
      return std::tuple(a.of, a.first, a.last, a.person) <
             std::tuple(b.of, b.first, b.last, b.person);
    });
  }
  void record(link const& one, union_refusal const& refused) {
    found_.refusals_.push_back(
        {refused.why, std::string(found_.name(one.strong)), std::string(found_.name(one.weak)),
         refused.why == identity_refusal::kind_limit ? rules_.kinds[refused.kind].name
                                                     : std::string(),
         refused.would_be, refused.limit});
  }
  /// Each component by its strongest identifier, of these the one seen first, then the smallest.
  void name_components(guarded_union& components) {
    auto const count = static_cast<std::uint32_t>(found_.kinds_.size());
    std::vector<std::uint32_t> best(count, unseen);
    auto const key = [&](std::uint32_t at) {
      return std::tuple(found_.kinds_[at], first_[at], at);
    };
    for (std::uint32_t i = 0; i < count; ++i) {
      auto& name = best[components.root(i)];
      if (name == unseen || key(i) < key(name)) name = i;
    }
    found_.person_.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      found_.person_[i] = best[components.root(i)];
      if (found_.person_[i] == i && found_.uses_[i] == use::links) ++found_.persons_;
    }
  }
  void add_claim(link const& one, bool claimed) {
    auto const kind = found_.kinds_[one.weak];
    if (found_.kinds_[one.strong] >= kind) return;
    claim made{one.weak, claimed ? found_.person_[one.strong] : claim::nobody, INT64_MIN,
               INT64_MAX};
    if (auto const& life = rules_.kinds[kind].life) {
      std::int64_t const time = life->count();
      if (one.first >= INT64_MIN + time) made.first = one.first - time;
      if (one.last <= INT64_MAX - time) made.last = one.last + time;
    }
    found_.claims_.push_back(made);
  }

  sighting_log const& log_;
  identity_rules const& rules_;
  std::int64_t until_;
  people found_;
  std::vector<std::uint32_t> rank_;  // of each identifier, by its number
  std::vector<std::int64_t> first_;  // sighting, by rank
  std::vector<link> links_;
};

}  // namespace cxm::detail
