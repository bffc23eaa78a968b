// SPDX-License-Identifier: BSL-1.0
// The names of an enumeration, both ways, checked when it is compiled: no two alike, and none forgotten.

#include <bimap/frozen.hpp>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace {

enum class Level : unsigned char { debug, info, warning, error };
constexpr int level_count = 4;

// A name or a level that stood here twice would not compile.
constexpr auto names = bimap::make_frozen<Level, std::string_view>({
    {Level::debug, "debug"},
    {Level::info, "info"},
    {Level::warning, "warning"},
    {Level::error, "error"},
});
static_assert(names.size() == level_count, "every level has a name");

constexpr std::string_view to_string(Level level) { return names.left().at(level); }

constexpr std::optional<Level> parse(std::string_view name) {
    const auto found = names.right().find(name);
    return found == names.right().end() ? std::nullopt : std::optional(found->second);
}

static_assert(to_string(Level::warning) == "warning");
static_assert(parse("error") == Level::error && !parse("fatal"));

}  // namespace

int main() {
    const std::string typed = "info";  // known only at run time
    if (parse(typed) != Level::info || parse("Info")) {
        std::fprintf(stderr, "enum_names: 'info' does not name its level\n");
        return 1;
    }
    std::string all;
    for (const auto& [name, level] : names.right()) (all += name) += ' ';
    return all == "debug error info warning " ? 0 : 1;
}
