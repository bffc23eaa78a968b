// SPDX-License-Identifier: BSL-1.0
// The examples in the header comments of the boss's map and of the plugged map: they hold, and every line of
// them stands in both comments as it is run here.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <type_traits>

#include "properties/subjects/tricky_leaks/boss_map.hpp"
#include "properties/subjects/tricky_leaks/plugged_map.hpp"
#include "properties/tests/looking_away.hpp"

namespace bimap::tricky_leaks {
namespace {

using properties::LookingAway;

struct Boss {
    struct Watch {};
    static constexpr const char* name = "BossMap";
    static constexpr const char* header = "boss_map.hpp";
    using Map = BossMap<std::string, int>;
    static Map make() { return Map{no_leaks}; }
};

struct LeakingBoss : Boss {
    using Watch = LookingAway;
    static Map make() { return Map{}; }
};

struct Plugged {
    struct Watch {};
    static constexpr const char* name = "PluggedMap";
    static constexpr const char* header = "plugged_map.hpp";
    using Map = PluggedMap<std::string, int>;
    static Map make() { return {}; }
};

/// The header comment: without the comment signs, and with one space for every run of spaces.
std::string comment_of(const std::string& header) {
    std::ifstream file{std::string{BIMAP_SOURCE_DIR} + "/properties/subjects/tricky_leaks/" + header};
    std::string text;
    for (std::string line; std::getline(file, line) && line.starts_with("//");) {
        for (const char c : line.substr(2))
            if (c != ' ' || !text.ends_with(' ')) text += c;
        text += '\n';
    }
    return text;
}

template <class T>
class TrickyLeaksExamples : public testing::Test {
  protected:
    void says(const std::string& line) const {
        EXPECT_NE(comment_.find(' ' + line + '\n'), std::string::npos)
            << T::header << " has no line: " << line;
    }
    [[nodiscard]] std::size_t lines_with_a_value() const {
        std::size_t count = 0;
        for (auto at = comment_.find("// ->"); at != std::string::npos; at = comment_.find("// ->", at + 1))
            ++count;
        return count;
    }

  private:
    const std::string comment_ = comment_of(T::header);
};

struct WithTheName {
    template <class T>
    static std::string GetName(int) {
        return std::string{std::is_same_v<T, LeakingBoss> ? "Leaking" : ""} + T::name;
    }
};
using Maps = testing::Types<Boss, LeakingBoss, Plugged>;
TYPED_TEST_SUITE(TrickyLeaksExamples, Maps, WithTheName);

/// Runs a call, and looks for its line in the comment.
#define EXAMPLE(call, value)                 \
    do {                                     \
        EXPECT_EQ(call, value);              \
        this->says(#call "; // -> " #value); \
        ++examples;                          \
    } while (false)

TYPED_TEST(TrickyLeaksExamples, HoldAsTheHeaderSays) {
    [[maybe_unused]] const typename TypeParam::Watch watch{};
    std::size_t examples = 0;
    const auto is_low = [](const std::string&, int right) { return right < 2; };
    auto agents = TypeParam::make();
    this->says(std::string{TypeParam::name} + "<std::string, int> agents;");

    EXAMPLE(agents.add("ann", 7), true);
    EXAMPLE(agents.add("bob", 8), true);
    EXAMPLE(agents.add("bob", 9), false);
    EXAMPLE(agents.add("cat", 8), false);
    EXAMPLE(agents.size(), 2);
    EXAMPLE(*agents.get_left("ann"), 7);
    EXAMPLE(*agents.get_right(8), "bob");
    EXAMPLE(agents.get_left("cat"), nullptr);
    EXAMPLE(agents.put_left("bob", 9), true);
    EXAMPLE(agents.put_left("bob", 7), false);
    EXAMPLE(agents.has_right(8), false);
    EXAMPLE(agents.put_right("cat", 9), true);
    EXAMPLE(agents.has_left("bob"), false);
    EXAMPLE(agents.overwrite("ann", 9), true);
    EXAMPLE(agents.size(), 1);
    EXAMPLE(agents.remove_left("ann"), true);
    EXAMPLE(agents.remove_right(9), false);
    EXAMPLE(agents.add("dan", 1), true);
    EXAMPLE(agents.add("eve", 2), true);
    auto low = agents.filter(is_low);
    this->says("auto low = agents.filter(is_low); // is_low(left, right): right < 2");
    EXAMPLE(low.size(), 1);
    EXAMPLE(*low.get_right(1), "dan");
    EXAMPLE(agents.remove_if(is_low), 1);
    EXAMPLE(agents.has_left("dan"), false);
    EXAMPLE(low.has_left("dan"), true);
    agents.clear();
    this->says("agents.clear();");
    EXAMPLE(agents.empty(), true);

    EXPECT_EQ(examples, this->lines_with_a_value()) << "an example of the header is not run here";
}

}  // namespace
}  // namespace bimap::tricky_leaks
