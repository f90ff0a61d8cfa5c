using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Cuts a filter's text into tokens (docs/filter.md, "Grammar").</summary>
internal sealed class FilterLexer(string text)
{
    /// <summary>Longest first: the first that fits is it.</summary>
    private static readonly string[] Symbols =
    [
        "===", "!==", "==", "!=", "~=", "<=", ">=", "&&", "||", "..", "<", ">", "~", "!", "±", "(", ")", "{", "}", "[", "]", ",",
    ];

    private readonly List<FilterToken> _tokens = [];
    private int _at;

    /// <summary>The first character that is of no token; the tokens before it are good.</summary>
    public FilterError? Error { get; private set; }

    /// <summary>All tokens, or those before the error; <see cref="FilterTokenKind.End"/> is the last.</summary>
    public IReadOnlyList<FilterToken> Read()
    {
        while (Error is null && SkipSpace())
        {
            if (text[_at] is '"' or '\'')
            {
                ReadQuoted();
            }
            else if (text[_at] is 'r' or 'R' && _at + 1 < text.Length && text[_at + 1] == '"')
            {
                ReadRaw();
            }
            else if (IsBare(_at))
            {
                ReadBare();
            }
            else
            {
                ReadSymbol();
            }
        }

        _tokens.Add(new FilterToken(FilterTokenKind.End, "", new FilterSpan(text.Length, 0)));
        return _tokens;
    }

    private bool SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at < text.Length;
    }

    /// <summary>Letters of names, numbers, units, addresses, prefixes, times; but ".." stands between two values.</summary>
    private bool IsBare(int at) => text[at] switch
    {
        '.' => at + 1 >= text.Length || text[at + 1] != '.',
        '_' or ':' or '/' or '-' or '+' or '%' or 'µ' or 'μ' => true,
        var letter => char.IsAsciiLetterOrDigit(letter),
    };

    private void ReadBare()
    {
        var start = _at;
        while (_at < text.Length && IsBare(_at))
        {
            _at++;
        }

        Add(FilterTokenKind.Bare, text[start.._at], start);
    }

    private void ReadSymbol()
    {
        var symbol = Array.Find(Symbols, one => string.CompareOrdinal(text, _at, one, 0, one.Length) == 0);
        if (symbol is null)
        {
            Fail(_at, 1, text[_at] switch
            {
                '=' when _at + 1 < text.Length && text[_at + 1] == '>' => "'>=' is wanted for \"at least\"",
                '=' when _at + 1 < text.Length && text[_at + 1] == '~' => "'matches' is wanted, or '~'",
                '=' => "'==' is wanted for \"equals\"",
                '&' => "'&&' is wanted for \"and\"; single bits are fields of their own, such as tcp.flags.syn",
                '|' => "'||' is wanted for \"or\"",
                _ => $"'{text[_at]}' has no meaning outside of quotes",
            });
            return;
        }

        _at += symbol.Length;
        Add(FilterTokenKind.Symbol, symbol, _at - symbol.Length);
    }

    /// <summary>r"…": nothing is escaped, and nothing can be: for regular expressions.</summary>
    private void ReadRaw()
    {
        var start = _at;
        var end = text.IndexOf('"', start + 2);
        if (end < 0)
        {
            Fail(start, text.Length - start, "this string has no closing quote");
            return;
        }

        _at = end + 1;
        Add(FilterTokenKind.Quoted, text[(start + 2)..end], start);
    }

    private void ReadQuoted()
    {
        var start = _at;
        var quote = text[_at++];
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] != '\\')
            {
                value.Append(text[_at++]);
            }
            else if (ReadEscape() is { } letter)
            {
                value.Append(letter);
            }
            else
            {
                return;
            }
        }

        if (_at == text.Length)
        {
            Fail(start, text.Length - start, "this string has no closing quote");
            return;
        }

        _at++;
        Add(FilterTokenKind.Quoted, WireText.Joined(value.ToString()), start);
    }

    /// <summary>Null, with the error said, for an escape that is none.</summary>
    private char? ReadEscape()
    {
        var start = _at++;
        var letter = _at < text.Length ? text[_at++] : '\0';
        switch (letter)
        {
            case '\\' or '"' or '\'':
                return letter;
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'x':
                return ReadCode(start, 2) is { } octet ? WireText.OfOctet((byte)octet) : null;
            case 'u':
                return ReadCode(start, 4);
            default:
                Fail(start, int.Min(2, text.Length - start), """the escapes are \\ \" \' \n \r \t \xHH \uHHHH; r"…" takes a backslash as it is""");
                return null;
        }
    }

    private char? ReadCode(int start, int digits)
    {
        if (_at + digits <= text.Length && ushort.TryParse(
            text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            _at += digits;
            return (char)code;
        }

        Fail(start, int.Min(2 + digits, text.Length - start), $"{digits} hexadecimal digits are wanted here");
        return null;
    }

    private void Add(FilterTokenKind kind, string value, int start) =>
        _tokens.Add(new FilterToken(kind, value, new FilterSpan(start, _at - start)));

    private void Fail(int start, int length, string message) =>
        Error = new FilterError(message + ".", new FilterSpan(start, length));
}
