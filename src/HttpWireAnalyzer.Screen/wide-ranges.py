#!/usr/bin/env python3
"""Makes WideRanges.cs of EastAsianWidth.txt of the Unicode Character Database (UAX #44).

    python3 wide-ranges.py EastAsianWidth.txt > WideRanges.cs
"""
import re
import sys

# UAX #11 §5: what is not assigned in these blocks is wide too; the file says so in its @missing lines.
UNASSIGNED = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD)]


def read(path):
    version, wide = None, set()
    for line in open(path, encoding="utf-8"):
        version = version or re.search(r"EastAsianWidth-([\d.]+)\.txt", line)
        match = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)", line)
        if match and match[3] in ("W", "F"):
            wide.update(range(int(match[1], 16), int(match[2] or match[1], 16) + 1))
    for first, last in UNASSIGNED:
        wide.update(range(first, last + 1))
    return version[1], sorted(wide)


def ranges(letters):
    first = last = letters[0]
    for letter in letters[1:]:
        if letter != last + 1:
            yield first, last
            first = letter
        last = letter
    yield first, last


version, letters = read(sys.argv[1])
pairs = list(ranges(letters))
print(f"""namespace HttpWireAnalyzer.Screen;

/// <summary>
/// Letters that take two columns: East_Asian_Width W or F in Unicode {version} (UAX #11). Made by wide-ranges.py.
/// </summary>
internal static class WideRanges
{{
    /// <summary>No wide letter is before it.</summary>
    public const int First = 0x{pairs[0][0]:04X};

    /// <summary>The first and the last of each range, in order.</summary>
    private static readonly int[] Bounds =
    [""")
for at in range(0, len(pairs), 6):
    print("        " + " ".join(f"0x{a:04X}, 0x{b:04X}," for a, b in pairs[at:at + 6]))
print("""    ];

    public static bool Contains(int letter)
    {
        var at = Array.BinarySearch(Bounds, letter);
        // Not a bound itself: within a range, the next bound is a last one.
        return at >= 0 || (~at & 1) == 1;
    }
}""")
