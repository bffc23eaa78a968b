// SPDX-License-Identifier: BSL-1.0
// The three forms of a report on defects.
#include "fuzz/tool/defect_reports.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "properties/report.hpp"
#include "properties/text.hpp"

namespace bimap::tool {

using namespace bimap::properties;

namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string description_of(const ShownDefect& finding) {
    const Reproducer& minimum = finding.defect.minimum;
    return finding.subjects.front() + ' ' + describe(minimum.verdict, minimum.program);
}

std::string promise_of(const ShownDefect& finding) {
    return broken_promise(finding.defect.minimum.verdict, finding.defect.minimum.program);
}

/// The program, the test case and the promise, below a line that says which defect it is.
std::string details_of(const ShownDefect& finding) {
    const Program& program = finding.defect.minimum.program;
    return "broken promise: " + promise_of(finding) +
           (finding.defect.minimum.finished ? "" : "\nthe budget ran out; a simpler program may exist") +
           (finding.defect.needs_others ? "\nthis program " + std::string{needs_others_note} : "") +
           (finding.defect.excuse.empty() ? "" : '\n' + excuse_note(finding.defect.excuse)) + "\nmet by " +
           amount(finding.defect.met, "program") + "; shown by " + joined(finding.subjects) + "\n\n" +
           print(program) + '\n' + test_case(finding.subjects.front(), program, name_of(finding.defect));
}

/// Whether two leaks differ only in how they showed: elements that are counted show sooner than bytes.
bool same_leak(const Defect& one, const Defect& other) {
    Symptom symptom = symptom_of(one.minimum.verdict, one.minimum.program);
    const Symptom shown = symptom_of(other.minimum.verdict, other.minimum.program);
    if (symptom.kind != Verdict::Kind::leaks || symptom.sign == shown.sign) return false;
    symptom.sign = shown.sign;
    return symptom == shown;
}

nlohmann::json rule_of(const ShownDefect& finding) {
    return {{"id", name_of(finding.defect)}, {"shortDescription", {{"text", promise_of(finding)}}}};
}

nlohmann::json result_of(const ShownDefect& finding) {
    const Program& program = finding.defect.minimum.program;
    const std::string name = name_of(finding.defect);
    return {
        {"ruleId", name},
        {"level", "error"},
        {"message", {{"text", description_of(finding) + "\n\n" + details_of(finding)}}},
        {"locations",
         {{{"logicalLocations", {{{"fullyQualifiedName", finding.subjects.front()}, {"kind", "type"}}}}}}},
        {"partialFingerprints", {{"minimalProgram/v1", name + '\n' + print(program)}}},
        {"properties", {{"program", print(program)}, {"met", finding.defect.met}}}};
}

}  // namespace

void add_findings(std::vector<ShownDefect>& findings, const std::string& subject,
                  std::vector<Defect> defects) {
    for (Defect& defect : defects) {
        const auto known = std::find_if(findings.begin(), findings.end(), [&](const ShownDefect& finding) {
            return same_defect(finding.defect, defect) || same_leak(finding.defect, defect);
        });
        if (known == findings.end()) {
            findings.push_back({std::move(defect), {subject}});
        } else {
            known->defect.met += defect.met;
            if (known->subjects.back() != subject) known->subjects.push_back(subject);
        }
    }
}

std::string as_text(const std::string& hunted, const std::vector<ShownDefect>& findings) {
    std::ostringstream text;
    text << hunted << ": " << amount(findings.size(), "defect") << '\n';
    for (std::size_t i = 0; i < findings.size(); ++i)
        text << '\n'
             << i + 1 << ". " << name_of(findings[i].defect) << '\n'
             << description_of(findings[i]) << '\n'
             << details_of(findings[i]);
    return text.str();
}

std::string as_junit(const std::string& hunted, const std::vector<ShownDefect>& findings) {
    pugi::xml_document document;
    auto suite = document.append_child("testsuites").append_child("testsuite");
    suite.append_attribute("name") = ("bimap-check hunt " + hunted).c_str();
    suite.append_attribute("tests") = std::max<std::size_t>(findings.size(), 1);
    suite.append_attribute("failures") = findings.size();
    suite.append_attribute("errors") = 0;
    if (findings.empty()) {
        auto passed = suite.append_child("testcase");
        passed.append_attribute("classname") = hunted.c_str();
        passed.append_attribute("name") = "no defect";
    }
    for (const ShownDefect& finding : findings) {
        auto test = suite.append_child("testcase");
        test.append_attribute("classname") = hunted.c_str();
        test.append_attribute("name") = name_of(finding.defect).c_str();
        auto failure = test.append_child("failure");
        failure.append_attribute("type") = name_of(finding.defect).c_str();
        failure.append_attribute("message") = description_of(finding).c_str();
        failure.append_child(pugi::node_pcdata).set_value(details_of(finding).c_str());
    }
    std::ostringstream text;
    document.save(text, "  ");
    return text.str();
}

std::string as_sarif(const std::string& hunted, const std::vector<ShownDefect>& findings) {
    nlohmann::json rules = nlohmann::json::array();
    nlohmann::json results = nlohmann::json::array();
    for (const ShownDefect& finding : findings) {
        const nlohmann::json rule = rule_of(finding);
        if (std::none_of(rules.begin(), rules.end(),
                         [&](const auto& known) { return known["id"] == rule["id"]; }))
            rules.push_back(rule);
        results.push_back(result_of(finding));
    }
    const nlohmann::json run{{"tool", {{"driver", {{"name", "bimap-check"}, {"rules", rules}}}}},
                             {"automationDetails", {{"id", "bimap-check hunt " + hunted}}},
                             {"results", results}};
    const nlohmann::json sarif{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                               {"version", "2.1.0"},
                               {"runs", nlohmann::json::array({run})}};
    return sarif.dump(2) + '\n';
}

}  // namespace bimap::tool
