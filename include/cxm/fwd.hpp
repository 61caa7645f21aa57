// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/fixed_string.hpp>

#include <cstddef>
#include <cstdint>

/// \file
/// Every public type of cxm, declared: for headers that only pass results and plans on, and as an
/// index to look names up in. Default template arguments stand here and nowhere else. Functions
/// (`by`, `nps`, `measure` …) are declared in their own headers, which the comments name.

namespace cxm {

// core/: the shared language
enum class reason : std::uint8_t;     // maybe.hpp
enum class merge_law : std::uint8_t;  // merge_law.hpp: exact, approximate, none
template <class Value>
class maybe;      // a value, or the reason why there is none
class no_value;   // thrown where an empty maybe is read
class bad_state;  // thrown by load
template <fixed_string Name, class Callable>
class named_field;  // field.hpp: field<"name">(…)
class column;       // a field at run time
class confidence;
enum class unit : unsigned char;  // unit.hpp
template <std::int64_t Denominator = 1>
class basic_exact;  // exact.hpp
template <std::size_t Words, int Lowest>
class basic_exact_sum;  // exact_sum.hpp
struct utc;             // zone.hpp
class fixed_offset;
class posix_zone;
class tz_rules;
class any_zone;
enum class calendar : std::uint8_t;  // calendar.hpp: day, week, month, quarter, year
class calendar_period;
template <class Field, class Zone>
class calendar_field;  // period_of(field, unit, zone), day_of(field, zone) …
template <class Time>
class time_window;  // time_window.hpp
template <class Field, class Width>
class tumbling_field;  // tumbling(field, width)
template <class Value>
class column_with_gaps;  // rows.hpp
struct seed;             // rng.hpp
class random_stream;
struct this_thread;  // work.hpp
class threads;       // threads.hpp

// stats/: combinators
template <class Field, class Inner>
class on_field;  // on.hpp: on(field, accumulator)
template <class Predicate, class Inner>
class where_true;  // where.hpp: where(predicate, accumulator)
template <class... Parts>
class all_of_them;  // all.hpp: all(accumulator…)
template <class... Choices>
class one_of;  // each.hpp: the twins at run time
template <class Part>
class each;
template <class Key, class Inner, class... Fields>
class by_fields;  // by.hpp: by(field…, accumulator)
struct at_most;
template <class Key, class Inner, class Field>
class by_each_value;  // by_each.hpp: by_each(field, accumulator)
class columns;
struct probability_weights;  // weight_kinds.hpp
struct frequency_weights;
class value_weights;
struct weights_seen;
template <class Field, class Inner, class Kind = probability_weights>
class weighted_by;  // weighted.hpp: weighted(field, accumulator, kind)
struct weight;
struct copies;
class of_population;  // finite_population.hpp
template <class Event, class Field, class Width, class Inner>
class windowed_events;  // windowed.hpp: windowed(field, sliding{…}, accumulator)
template <class Rep, class Period>
struct sliding;
template <class Time, class Result>
struct window_summary;
template <class Field, class Age, class Inner>
class decayed_by;  // decayed.hpp: decayed(field, half_life{…}, accumulator)
template <class Rep, class Period>
struct half_life;
template <class Result>
struct decayed_summary;
template <class Events>
struct ordered_events;  // measure.hpp: in_order(events)
template <class Key, class Result>
struct group;  // groups.hpp: what by gives
template <class Key, class Result>
class groups;
template <class Key, class Result>
struct overlapping_groups;  // what by_each gives

// stats/: accumulators and their results
class event_count;     // count.hpp: count()
class weighted_count;  // weighted_count.hpp: weighted(field, count())
struct weighted_total;
template <class Value>
class moment_sums;  // moments.hpp: moments()
template <class Real>
struct moments_summary;
template <class Value>
class smallest_and_largest;  // extrema.hpp: extrema()
template <class Value>
struct extrema_summary;
template <class Method>
class true_share;  // proportion.hpp: proportion()
struct share;
struct proportion_summary;
template <class Key, class Field>
class frequent_values;  // frequent.hpp: frequent(field)
template <class Key>
struct frequent_value;
template <class Key>
struct frequent_summary;
struct keep_most;
template <class Value>
class all_values;  // quantiles.hpp: quantiles()
template <class Value>
struct sorted_values;
class hyndman_fan;  // quantile_types.hpp
template <class Value>
class log_binned;  // log_histogram.hpp: log_histogram()
template <class Value>
class log_histogram_summary;
struct accuracy;
struct weighted_value;  // weighted_mean.hpp: weighted_mean()
struct weighted_mean_summary;
class weighted_mean_sums;
struct interval;  // bounded_interval.hpp, interval.hpp
struct bounded_interval;
struct wald;
struct wilson;
struct adjusted_wald;
struct student;
struct clopper_pearson;  // share_intervals.hpp
struct jeffreys;
struct agresti_coull;
struct corrected_wilson;
struct agresti_min;  // net_intervals.hpp
struct bonett_price;
struct tango;
struct mover_wilson;
struct goodman;  // simultaneous.hpp
struct sison_glaz;
struct bootstrap;  // bootstrap.hpp
struct bca;
struct replicates;

// stats/: comparisons and tests
struct comparison;    // comparison.hpp
struct share_counts;  // two_shares.hpp: share_difference(…)
struct miettinen_nurminen;
struct net_counts;     // two_nets.hpp: net_difference(…)
struct mean_estimate;  // two_means.hpp: mean_difference(…)
struct welch;
struct pooled;
struct rank_comparison;   // ranks.hpp: mann_whitney(…)
struct homogeneity_test;  // k_groups.hpp
struct variance_split;    // variance_components.hpp: variance_components(groups)
struct mcnemar_test;      // paired_classes.hpp
struct marginal_test;
class power;             // sample_size.hpp
struct noisy_estimate;   // noisy_estimate.hpp
struct shrunk_estimate;  // shrinkage.hpp: shrink(…)
struct shrinkage;
struct rank_spread;      // ranking.hpp: rank_probabilities(…)
struct two_sided_group;  // mix_and_rate.hpp: decompose(…)
struct mix_and_rate;
struct decomposition;

// survey/: what answers mean
enum class better : std::uint8_t;  // scale.hpp: high, low
template <std::int64_t Low, std::int64_t High, better Good = better{}>
class points;  // high is good unless said
class any_points;
template <class Scale, class... Readings>
class scale_tally;  // tally.hpp: tally(…)
struct tally_counts;
template <class Scale, class... Readings>
class weighted_tally;    // weighted_tally.hpp: weighted(…)
struct weighted_counts;  // weighted_counts.hpp
struct weighted_moments;
struct score;  // score.hpp
template <class Score>
struct weighted_score;
struct min_n;
struct answer_scale;
struct nps_score;  // nps.hpp: nps()
struct promoters_from;
struct detractors_to;
struct csat_score;  // csat.hpp: csat()
struct good_at;
struct mean_score;                    // mean.hpp: mean(), median()
struct ces_score;                     // ces.hpp: ces(), ces_1()
struct point_share;                   // point_shares.hpp: point_shares()
enum class no_answer : std::uint8_t;  // reply.hpp
template <class Answer>
class reply;
template <class Answer, class Dismissed, class Shown>
class reply_field;                   // reply_of(answer, dismissed, shown)
enum class occasion : std::uint8_t;  // survey_question.hpp
enum class denominator : std::uint8_t;
struct relationship;
struct transactional;
struct employee;
struct any_occasion;
struct of_answered;
struct including_dismissed;
struct of_shown;
struct any_denominator;
template <class Scale, class Occasion, class Denominator>
class survey_question;
struct top_boxes;  // csat.hpp
class onto;        // onto.hpp
template <fixed_string Name, std::int64_t Low, std::int64_t High, int CountsAs = 0>
struct band;       // bands.hpp: bands(…)
struct any_bands;  // the twin of band
template <class Text>
struct band_share;
template <class Shares>
struct banded_score;
template <class Reading>
struct rescaled_reading;
enum class resolution : std::uint8_t;  // first_contact.hpp: fcr_gross(), fcr_net()
struct fcr_score;
enum class emotion : std::uint8_t;  // emotion.hpp: net_emotional_value()
class neutral_within;               // valence.hpp: sentiment()
struct valence_score;
template <class Method>
class valence_sums;
template <class Method>
class weighted_valence_sums;  // weighted_valence.hpp
template <class Field, class Scale>
struct item_on;  // composite.hpp: composite(item(field, scale)…)
template <std::size_t Items>
struct item_weights;
struct listwise;
struct available_items;
struct item_summary;
template <std::size_t Items>
struct composite_score;
template <class Reading, class... Items>
class item_sums;
template <class Reading, class... Items>
class weighted_item_sums;                 // weighted_composite.hpp
enum class scale_verdict : std::uint8_t;  // scale_check.hpp: scale_check()
struct scale_report;
class negligible;
struct seen_points;  // scale_changes.hpp: seen_answers(), scale_changes(…)
struct seen_range;
template <class Key>
struct scale_change;
template <class Score, std::size_t Classes>
struct paired_score;  // paired.hpp: paired(…)
template <class Before, class After, class Scale, class Reading>
class paired_tally;
template <class... Fields>
class alpha_sums;    // cronbach_alpha.hpp: cronbach_alpha(…)
struct reliability;  // reliability.hpp
struct item_reliability;
template <class Department>
struct role;  // account_roles.hpp
template <class Department>
class account_roles;
enum class account_class : std::uint8_t;  // account_score.hpp: account_score_of(departments, roles)
template <class Department>
struct department_score;
template <class Department>
struct account_score;
struct account_portfolio;
template <class Score>
struct clustered_score;  // cluster_moments.hpp
template <class Key, class Inner, class Field>
class clustered_by;     // clustered.hpp: clustered(field, accumulator)
struct value_at_stake;  // at_stake.hpp: at_stake()
template <class Value>
class known_totals;  // known_totals.hpp
template <class Key>
struct cell_weight;
template <class Key>
class cell_weights;  // cell_weights.hpp
template <class Key, class... Fields>
class weight_of_cell;
template <class Key>
struct raked;  // raking.hpp: rake(…), post_stratify(…)
class trimmed;
struct invitations;  // response.hpp: response_of(…), with_silent(…), break_even(…)
struct response;
struct silent_bounds;
template <class Key>
struct adjusted_response;  // response_weights.hpp: response_weights(…)
template <class Key>
struct class_response;
struct merge_below;
struct target;  // target.hpp: against(…)
struct margin;
struct target_test;
struct trend_test;  // trend.hpp: trend(…)
template <class Score>
struct shrunk_score;  // shrink.hpp: shrink(…)
template <class Groups>
struct shrunk_groups;
struct rank_score;  // ranking.hpp: ranking(…)
struct added_too;   // noisy_estimates.hpp
struct own_answers;

// event/: touchpoint events
template <class Customer, class Time, class Touchpoint, class... Extras>
struct touchpoint_fields;
template <class Field>
struct ends_at;
template <class Field>
struct lasts;
template <class Field>
struct ordered_by;
template <class Field>
struct keep;
struct reads_through;
enum class actor : std::uint8_t;  // terms.hpp
enum class visibility : std::uint8_t;
enum class lifecycle : std::uint8_t;
template <class Field, class... Values>
class is;
template <class Amount, class Parts>
struct split;
class currency;  // money.hpp
struct money;
struct in_currency;
template <class... Fields>
struct once_per;  // copies.hpp
template <class... Fields>
struct once_per_content;
template <class Duration, class... Fields>
struct near_duplicates;
struct every_row;
struct input_order;
template <class Field = input_order>
struct keep_first;
template <class Field = input_order>
struct keep_last;
template <class Field, class Duration>
struct quarantine_future;
struct copy_counts;
struct per_person;  // identity_rules.hpp
struct valid_for;
struct shared_by_at_most;
struct identifiers_at_most;
struct blocked_values;
struct as_of;
struct identifier_kind;
struct identity_rules;
enum class identity_refusal : std::uint8_t;
struct refused_link;
template <class Field>
struct identifier;
template <class Time, class... Fields>
class identity_evidence;  // identity_graph.hpp: identity_graph(time, identifier…)
class people;
template <class Evidence>
class resolved_person;  // person_of(people, evidence)
template <class Contact, class Account, class Department, class Time>
struct membership;  // account_roster.hpp
template <class Contact, class Account, class Department, class Time>
class account_roster;
template <class... Values>
class column_rows;  // rows_of.hpp: rows_of(columns…)
template <class... Values>
class column_row;
class symbols;

// journey/: from contacts to stories
template <class Rows, class Reader>
class journey_store;  // reconstruct.hpp: reconstruct(rows, fields, boundary)
template <class Store>
class journey_of;
template <class Row, class Reader, class Setup, class Plan>
class journey_stream;  // stream.hpp: stream(fields, boundary, plan, policies…)
struct stream_counts;
enum class stream_notice : std::uint8_t;  // stream_policies.hpp
template <class Duration>
struct out_of_order_by;
template <class Duration>
struct allowed_lateness;
template <class Field>
struct by_source;
struct one_source;
template <class Duration>
struct idle_after;
struct never_idle;
template <class Field, class Duration>
struct seen_at;
struct trust_all_clocks;
template <class Sink>
struct late_to;
struct late_to_nobody;
template <class Sink>
struct on_final;
struct only_counted;
template <class Duration>
struct most_contacts;
struct all_contacts;
struct at_most_bytes;
enum class punctuality : std::uint8_t;  // watermark.hpp
template <class Source, class Time>
class watermark;
template <class Store>
class contact_of;
struct rows_left_out;
struct cut;  // boundary.hpp
struct never;
template <class Rep, class Period>
struct after_silence;
template <class Touchpoint>
class starting_with;
template <class Touchpoint>
class until;
template <class Field>
struct change_of;
template <class... Boundaries>
class either;
template <class... Boundaries>
class both;  // boundary_algebra.hpp
template <class Boundary, class Veto>
class unless;
template <class... Boundaries>
class then;
template <class... Choices>
class any_boundary;  // any_boundary.hpp: the twin at run time of all boundaries
template <class Field, class Channel, class Duration>
class after_silence_by;  // silence_by.hpp
template <class Touchpoint>
class goal;  // goal.hpp
template <class Field>
struct goal_when;
template <class Field>
struct stage_regress;  // stage_regress.hpp
template <class Zone = utc>
class at_new;
struct max_contacts;  // max_size.hpp
template <class Rep, class Period>
struct max_duration;
template <class Gap>
class gap_counts;  // gap_mixture.hpp: gap_mixture()
template <class Gap>
struct gap_hump;
template <class Gap>
struct gap_fit;
struct collapse_repeats;  // row_policies.hpp
template <class Rows>
class counted_row;  // without_copies.hpp: without_copies(rows, policies…)
template <class Rows>
class counted_rows;
template <class... Values>
struct fill;  // merged_copies.hpp: merged_copies(rows, once_per{…}, …)
template <class Function>
struct merge_with;
template <class Row>
struct merged_rows;
template <class Once, class When, class Key, class Time>
class copy_filter;  // copy_filter.hpp: copy_filter_for<event>(once_per{…}, field, remember{…})
template <class Duration>
struct remember;
enum class copy_verdict : std::uint8_t;
struct copy_filter_summary;
enum class folding : std::uint8_t;  // fold_lifecycle.hpp: fold_lifecycle(rows, fields, field)
template <class Rows, class Time>
class folded_event;
template <class Event>
class folded_events;
struct folding_counts;
template <class Field>
struct at_completion;
template <class Field>
struct per_instance;
template <class Cost, class Planned, class Currency>
class cost_sums;  // cost_against_plan.hpp: cost_against_plan(cost, planned)
class over_plan_by;
struct cost_summary;
template <class Field>
struct opened_by;  // exposure.hpp
template <class Seen, class Owner, class Department>
class met_outside_of;
template <class Duration>
class cause_links;  // caused_by.hpp: links_between(journeys, id, caused_by)
template <class Duration>
struct cause_link;
struct cause_counts;
template <class Field>
struct first;  // journey_fields.hpp
template <class Field>
struct last;
template <class Touchpoint>
class reached;
template <class Milestone>
struct time_to;
template <class From, class To>
struct time_between;
template <class Inner>
class contacts_of_each;  // each_contact.hpp: each_contact(accumulator)
template <class Zone = utc>
class work_calendar;  // work_calendar.hpp
struct around_the_clock;
template <class Calendar>
struct during;
template <class Predicate>
struct customer_side;  // ledger_policies.hpp
template <class From, class To>
struct between_milestones;
struct whole_journey;
struct no_customer_side;
struct no_department;
template <class Department, class Duration>
struct journey_ledger;  // journey_ledger.hpp
template <class Department, class Duration>
struct department_time;
template <class Owner, class Customer, class Part, class Clock>
class ledger_field;  // ledger_of.hpp: ledger_of(field)
template <class Figure, class Ledger>
class ledger_reading;  // ledger_fields.hpp: touch_time, flow_efficiency …
template <class Department, class Ledger>
class department_functional_time;
template <class Ledger, class Sums>
class ledger_counts;  // time_ledger.hpp: time_ledger(field)
template <class Duration, class Departments>
struct ledger_summary;
template <class Duration>
struct department_summary;
template <class Duration>
class summed_times;  // time_sum.hpp: time_sum()
template <class Duration>
struct time_summary;
template <class Contact, class Department, class Duration>
class hand_over;  // hand_over.hpp: each_hand_over(field, accumulator)
template <class Rules, class Inner>
class hand_overs_of_each;
template <class Plan, class Unowned>
class hand_over_counts;  // hand_over_matrix.hpp: hand_over_matrix(field)
template <class Departments, class Seams>
struct hand_over_summary;
template <class Wait>
class seam_counts;
template <class Wait>
struct seam_summary;
template <class Contact>
class repeat_of;  // repeats.hpp: each_repeat(field, accumulator)
template <class Field, class Inner>
class repeats_of_each;
template <class Field, class Groups>
class rework_counts;  // rework.hpp: rework(field)
template <class Groups>
struct rework_summary;
template <class Resolved, class Service, class Limit, class Until>
class resolution_counts;  // first_contact_resolution.hpp
struct resolution_summary;
enum class contact_mode : std::uint8_t;  // contactless.hpp
template <class Mode, class Front>
class journey_mode_field;
template <class Predicate>
struct only_front;
template <class Predicate>
struct contacts_that;
template <class Mode, class Front>
class contactless_counts;
struct contactless_summary;
enum class journey_end : std::uint8_t;  // journey_fate.hpp
struct journey_fate;
struct remember_endings;  // known.hpp
template <class Time>
struct known_from;
template <class Time>
struct known_until;
template <class Rep, class Period>
struct mature;  // endings.hpp
template <class Milestone, class Rep, class Period>
struct converted;
template <class Boundary>
struct episode_count;  // episodes.hpp
template <class Boundary, class Inner>
class episodes_of_each;  // each_episode(boundary, accumulator)
template <class Store>
class relationship_of;  // relationships.hpp: relationships(journeys)
template <class Store>
class relationship_range;
template <class Inner>
class journeys_of_each;  // each_journey(accumulator)
template <class Row, class Customer, class Case>
class case_event;  // cases.hpp: cases_of(rows, fields, field)
struct most_recently_active;
struct only_open_case;
struct no_case_is_meant;
template <class Store, class Whose>
class concurrency;  // concurrency.hpp
template <class Customer, class Duration>
struct customer_concurrency;
template <class Promised, class Delivered, class Clock, class Until>
class promise_counts;  // promises.hpp
struct promise_summary;
struct by_timestamp;
template <class Zone>
struct by_date;
enum class promise_fate : std::uint8_t;  // promise_record.hpp
template <class Duration>
struct promise_record;
template <class Promised, class Delivered, class Clock, class Until, class Early, class Late,
          class Missed, class Made>
class promise_rule;  // promise_of.hpp: promise_of(promised, delivered)
template <class Time>
struct promise_window;  // promise_policies.hpp
template <class From, class To>
struct appointment;
template <class Made, class In>
struct due_in;
template <class Duration>
struct grace;
template <class Duration>
struct not_before;
template <class Duration>
struct no_show_after;
template <class Field>
struct promised_when;
template <class Figure, class Rule>
class promise_reading;  // promise_fields.hpp: outcome_of(rule), overrun(rule) …
template <class Rule>
class broken_promises;
template <class Rule, class Duration>
class promise_ledger_counts;  // promise_ledger.hpp: promise_ledger(rule)
template <class Duration>
struct promise_ledger_summary;
template <class Duration>
struct delay_summary;
template <class First, class Last>
class moving_target_counts;  // moving_target.hpp: moving_target(field, milestone)
template <class Duration>
struct moving_target_summary;
template <class Milestone, class Field>
struct last_before;
template <class From, class To, class Predicate>
struct contacts_between;  // waiting.hpp
template <class From, class Predicate>
struct contacts_since;
template <class From, class To, class Predicate>
struct longest_silence;
enum class service_fate : std::uint8_t;  // service_recovery.hpp: service_fate_of(failure, remedy)
template <class Failure, class Remedy, class Limit, class Until>
class service_fate_field;
template <class Failure, class Remedy>
struct recovery_time;
template <class Milestone, class Touchpoint>
class reached_after;
enum class answer_fate : std::uint8_t;  // join_counts.hpp
struct join_counts;
struct every_answer;  // answer_choice.hpp
struct first_answer;
struct latest_answer;
template <class Field>
struct stage_reached;  // facts.hpp
struct measured_from;  // coverage.hpp: coverage(field, measured)
template <class Place>
struct planned;
template <class... Fields>
struct any_answer;
struct covered;
template <class Place>
struct coverage_summary;
template <class Field, class Measured, class Least, class Planned, class Plan>
class coverage_counts;
template <class Field>
struct first_with;  // contact_choice.hpp
template <class Field>
struct last_with;
template <class Choice>
struct time_of;

struct high_is_good;  // rated_contacts.hpp
struct low_is_good;
template <class Number>
struct neutral;
template <class Field, class Direction = high_is_good>
struct worst_rated;
template <class Field, class Direction = high_is_good>
struct best_rated;
template <class Field, class Number, class Direction = high_is_good>
struct peak_rated;
template <class Field, class Direction = high_is_good>
struct worst;  // rated_journeys.hpp
template <class Field, class Direction = high_is_good>
struct best;
template <class Field, class Direction = high_is_good>
struct recovery;
template <class Field>
struct swing;
template <class Field>
struct rated;
template <class Choice>
class peak_and_end;  // peak_end(…)
struct negative_peak;
class peak_weight;
template <class Field, class Exposure>
class average_rating;  // average.hpp: average(…)
struct equal_exposure;
template <class Field>
struct exposure;
template <class Choice, class Whole>
class peak_end_sums;  // peak_end_weights.hpp
struct peak_end_fit;
template <class Field>
class journey_components;  // between_journeys.hpp
struct journey_split;
struct contact_duration;  // lived_time.hpp: time_spent
template <class Field>
struct switches;  // behaviour.hpp
template <class Duration>
class waits;
template <class Unit, class Field>
class in_whole;
template <class Field>
struct cost;  // effort.hpp
template <class... Fields>
class effort_of;
template <class Effort>
class effort_totals;
struct effort_component;
struct effort_share;
struct effort_summary;
template <class Contact>
class placed_contact;  // placed_contact.hpp: each_placed(accumulator)
template <class Inner>
class placed_of_each;
struct contact_place;
class part_of_journey;
template <class Touchpoint>
struct valence_summary;  // valence_curve.hpp
template <class Plan>
class valence_measure;
struct valence_point;
template <class Field>
struct attention_paid;
struct equal_attention;
struct negative_below;
struct in_parts;

// path/: what routes people take
template <class Contact, class Time>
class transition;
template <class Inner>
class transitions_of_each;  // transition.hpp: each_transition(accumulator)
template <class Plan>
class flow_counts;  // flow_graph.hpp: flow_graph()
template <class Wait>
struct edge_summary;
template <class Field>
struct over;
template <class Field>
struct open_when;
template <class Inner>
class pairs_of_each;  // eventually_follows.hpp: each_pair(accumulator)
struct at_most_apart;
template <class Flow>
struct thinned_flow;  // thin_flow.hpp
template <class Key>
struct share_contrast;  // compare_flows.hpp, compare_steps.hpp
struct path_prefix;     // collapsed.hpp
template <class Key>
struct critical_path;  // critical_paths.hpp
struct variant_coverage;
template <class Centre, class Open, class Cells>
class step_counts;  // step_matrix.hpp: step_matrix()
template <class Cells>
struct step_summary;
struct step_column;
struct from_start;
template <class Event>
struct centred_at;
template <class Goal, class Open, class Plan>
class drop_off_counts;  // drop_off.hpp: drop_off(goal)
template <class Touchpoint>
struct drop_off_lift;
template <class Plan, class Times, class Method>
class funnel_counts;  // funnel.hpp: funnel(step…)
template <class Times>
struct funnel_summary;
template <class Times>
struct funnel_step_summary;
class no_step_times;
template <class Predicate>
struct funnel_step;  // funnel_step.hpp: step(predicate)
template <class... Steps>
struct step_group;  // any_order(step…)
struct step_rule;
template <class Predicate>
struct except;
struct in_sequence;  // funnel_policies.hpp
struct in_strict_sequence;
struct in_any_order;
struct in_row_order;
struct strictly_later;
template <class Time>
struct mature_until;
template <class Times>
struct timed_steps;  // timed(accumulator)
template <class Plan>
class reached_step;  // reached_step.hpp
template <class Conversions, class Nulls>
struct aggregated;
struct without_value;
struct tries;
struct outcome_summary;
template <class Outcome, class Value>
class outcome_counts;  // outcome.hpp: outcomes(field, value)
template <class Field>
struct along;
template <class Field, class Keep = void>
struct path_of;  // path_of.hpp
template <class Plan>
class path_counts;  // paths_to.hpp: paths_to(outcome, value)
template <class Touchpoint>
class path_table;
template <class Touchpoint>
struct credited;
template <class Touchpoint>
struct credit_summary;  // credit.hpp: credit(paths, model)
struct first_touch;
struct last_touch;
struct linear_touch;
struct u_shaped;
template <class Touchpoint>
struct last_touch_but;
template <class Touchpoint>
struct w_shaped;
struct markov;  // removal_effect.hpp
struct shapley;
struct shapley_rate;
struct ordered_shapley;
template <class Touchpoint>
struct ordered_credit;
struct sampled_value;
template <class Touchpoint>
struct decayed_step;
template <class Age, class Outcome, class Value, class Plan>
class time_decayed_credit;  // time_decay.hpp: time_decay(half_life, outcome, value)
template <class State>
struct chain_step;
template <class State>
class chain;
template <class State>
struct absorption_summary;
template <class Touchpoint>
struct path_state;  // path_chain.hpp: chain_of(paths, order)
struct order_test_summary;

// segment/: groups with like needs
template <class... Fields>
class feature_table;  // features.hpp: features(members, field…)
struct members_left_out;
template <class... Fields>
class feature_recipe;  // feature_recipe.hpp
template <class Field>
class ordinal_field;  // ordinal.hpp: ordinal(field)
template <class Field, class Value>
class category_field;  // transforms.hpp: one_hot(field, values), logged(field), limited(field, …)
struct leave_out;      // feature_policies.hpp
struct fill_missing;
struct winsorised;
struct unscaled;  // scaling.hpp
struct zscore;
struct robust;
class any_scaling;
template <class... Fields>
class segment_model;  // kmeans.hpp: kmeans(table, k), segment_plan(field…)
struct fit_summary;
struct restarts;  // kmeans_policies.hpp
struct lloyd;
struct hamerly;
struct mini_batch;
struct member_weights;
struct with_instructions;
struct kmeans_plus_plus;  // kmeans_start.hpp
struct random_members;
struct given_centres;
struct clustering;  // clustering.hpp: kmeans(point_rows{data, rows, dimension}, k)
template <class Number>
struct point_rows;
struct reseed_farthest;
struct drop_empty;
struct until_stable;
struct until_share_changes;
struct silhouette_result;  // silhouette.hpp: silhouette(table, labels)
struct sample_above;
template <class Model>
struct chosen_k;  // choose_k.hpp: choose_k(table, low, high)
struct k_evidence;
struct cluster_quality;  // cluster_quality.hpp: quality(table, labels)
struct gap_result;       // gap.hpp: gap(table, low, high)
struct even_boxes;
struct partition_comparison;  // partition_compare.hpp: compare_partitions(labels, labels)
struct segment_stability;     // stability.hpp: stability(table, model)
struct draws;
struct segment_profile;  // profile.hpp: profile(table, model)
struct feature_profile;
template <fixed_string Name, class Predicate>
class named_rule;  // rule_segments.hpp: rule<"critic">(predicate), within, above, below, equals
template <class... Rules>
class rule_segmentation;  // rule_segments(rule…), nps_segments, at_risk, digital_only, silent
template <class Segmentation>
class rule_overlap_counts;  // rule_overlap.hpp
struct rule_overlap_result;
class segment_moves;  // segment_moves.hpp, population_stability
struct segment_moves_result;
struct share_drift;
template <class Recency, class Frequency, class Monetary>
class rfm_model;  // rfm.hpp: rfm(customers, recency, frequency, monetary), quantile_scores
struct rfm_scores;
class dissimilarities;  // dissimilarities.hpp
class gower_distance;   // gower.hpp
struct gower_feature;
struct medoid_clustering;     // k_medoids.hpp: k_medoids(dissimilarities, k)
struct prototype_clustering;  // k_prototypes.hpp: k_prototypes(rows, kinds, k)
struct mismatch_weight;
class merge_tree;  // merge_tree.hpp: merge_tree(dissimilarities, linkage::ward).cut(3)
struct merge_step;
template <class... Fields>
class rule_tree;  // rule_tree.hpp: explain(table, labels)
struct extracted_rule;
struct at_most_leaves;
struct least_members;
template <class Coarse, class Fine>
class segment_tree;  // segment_tree.hpp: refine(coarse, members, plan, fit)
struct tree_leaf;
template <class... Fields>
class fenced_model;  // assignment.hpp: fenced(model, table)
struct assignment;
struct fence_share;
struct segment_description;  // description.hpp: describe_segments(table, labels, k), lifts
struct described_feature;
struct segment_lift;

// diagnose/: why scores are as they are
template <class Field, class Scale>
class question;  // question.hpp
struct good_from;
struct bad_to;
template <class Field>
struct rolled_up;  // whole_and_parts.hpp: whole_against_parts(…)
template <class Whole, class WholeScale, class Part, class PartScale, class RollUp>
class whole_part_sums;
struct whole_and_parts;
struct segment_movement;  // why_it_moved.hpp
template <class Segments>
struct movement;
struct same_mix;  // at_same_mix.hpp
struct mix_of_first;
struct mix_of_second;
struct mix_of_both;

// report/ and io/: in and out
class json_writer;
class text_table;
template <class Source>
class csv_reader;
class bad_csv;
class time_format;
struct parsed_time;

}  // namespace cxm
