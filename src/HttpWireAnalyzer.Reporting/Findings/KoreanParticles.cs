using System.Text;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>
/// Which form of a Korean particle follows data: it goes by the last sound of the word before it. Phrases write both forms,
/// as in 을(를), and one of them is kept here.
/// </summary>
/// <remarks>
/// Digits and units are read as Koreans read them. How a Latin word is read is known from its last letters where they leave
/// no doubt; where they do, both forms stay. What stands in parentheses is not read: 서버(#12)는.
/// </remarks>
internal static class KoreanParticles
{
    private enum LastSound
    {
        Unknown,
        Vowel,
        Consonant,

        /// <summary>A consonant for all particles but (으)로.</summary>
        Rieul,
    }

    private static readonly (string Both, string AfterConsonant, string AfterVowel)[] Particles =
    [
        ("을(를)", "을", "를"),
        ("이(가)", "이", "가"),
        ("은(는)", "은", "는"),
        ("과(와)", "과", "와"),
        ("(으)로", "으로", "로"),
    ];

    /// <summary>일, 이, 삼…; what ends in zeros ends in 십, 백, 천, 만 or 영.</summary>
    private static readonly LastSound[] Digits =
    [
        LastSound.Consonant, LastSound.Rieul, LastSound.Vowel, LastSound.Consonant, LastSound.Vowel,
        LastSound.Vowel, LastSound.Consonant, LastSound.Rieul, LastSound.Rieul, LastSound.Vowel,
    ];

    /// <summary>Appends what a phrase says between data; each particle in it goes by the text before it.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<char> literal)
    {
        while (TryFind(literal, out var at, out var particle))
        {
            text.Append(literal[..at]);
            var (both, afterConsonant, afterVowel) = Particles[particle];
            text.Append(SoundOf(text) switch
            {
                LastSound.Unknown => both,
                LastSound.Vowel => afterVowel,
                LastSound.Rieul when both == "(으)로" => afterVowel,
                _ => afterConsonant,
            });
            literal = literal[(at + both.Length)..];
        }

        text.Append(literal);
    }

    private static bool TryFind(ReadOnlySpan<char> literal, out int at, out int particle)
    {
        (at, particle) = (-1, -1);
        for (var each = 0; each < Particles.Length; each++)
        {
            var found = literal.IndexOf(Particles[each].Both, StringComparison.Ordinal);
            if (found >= 0 && (at < 0 || found < at))
            {
                (at, particle) = (found, each);
            }
        }

        return at >= 0;
    }

    private static LastSound SoundOf(StringBuilder text)
    {
        var end = EndOfWord(text);
        if (end < 0)
        {
            return LastSound.Unknown;
        }

        var last = text[end];
        return last switch
        {
            >= '\uac00' and <= '\ud7a3' => ((last - '\uac00') % 28) switch { 0 => LastSound.Vowel, 8 => LastSound.Rieul, _ => LastSound.Consonant },
            >= '0' and <= '9' => Digits[last - '0'],
            '%' => LastSound.Vowel,
            _ when char.IsAsciiLetter(last) => UnitOrWord(text, end),
            _ => LastSound.Unknown,
        };
    }

    /// <summary>The last character that is read; -1 where there is none.</summary>
    private static int EndOfWord(StringBuilder text)
    {
        var end = text.Length - 1;
        while (end >= 0 && text[end] is ')' or ']' or '}' or '"' or '\'' or '”' or '’' or '」')
        {
            var open = text[end] == ')' ? OpeningOf(text, end) : -1;
            end = open > 0 ? open - 1 : end - 1;
            while (open > 0 && end >= 0 && text[end] == ' ')
            {
                end--;
            }
        }

        return end;
    }

    private static int OpeningOf(StringBuilder text, int close)
    {
        var depth = 0;
        for (var at = close; at >= 0; at--)
        {
            depth += text[at] switch { ')' => 1, '(' => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static LastSound UnitOrWord(StringBuilder text, int end)
    {
        var start = end;
        while (start > 0 && (char.IsAsciiLetter(text[start - 1]) || text[start - 1] == 'µ'))
        {
            start--;
        }

        var isUnit = start > 1 && ((text[start - 1] == ' ' && char.IsAsciiDigit(text[start - 2])) || text[start - 1] == '/');
        return isUnit && OfUnit(text.ToString(start, end - start + 1)) is var sound and not LastSound.Unknown
            ? sound
            : OfWord(text[end], end > start ? text[end - 1] : ' ');
    }

    /// <summary>초, 분, 시간, 일, 바이트.</summary>
    private static LastSound OfUnit(string unit) => unit switch
    {
        "ns" or "µs" or "ms" or "s" or "B" or "kB" or "MB" or "GB" or "TB" => LastSound.Vowel,
        "min" or "h" => LastSound.Consonant,
        "d" => LastSound.Rieul,
        _ => LastSound.Unknown,
    };

    /// <summary>As the name of the letter where that ends as words do; the e of line and file is not read.</summary>
    private static LastSound OfWord(char last, char before) => char.ToLowerInvariant(last) switch
    {
        'l' => LastSound.Rieul,
        'm' or 'n' => LastSound.Consonant,
        'g' when before is 'n' or 'N' => LastSound.Consonant,
        'e' when before is 'l' => LastSound.Rieul,
        'e' when before is 'm' or 'n' => LastSound.Consonant,
        'b' or 'c' or 'd' or 'g' or 'k' or 'p' or 't' or 'r' => LastSound.Unknown,
        _ => LastSound.Vowel,
    };
}
