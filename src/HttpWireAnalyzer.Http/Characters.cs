using System.Buffers;

namespace HttpWireAnalyzer.Http;

/// <summary>Sets of octets that the grammars name (RFC 9110 §5.6, RFC 5234 appendix B).</summary>
internal static class Characters
{
    /// <summary>tchar: what a token is made of (RFC 9110 §5.6.2).</summary>
    public static readonly SearchValues<byte> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>CTL but HTAB: no part of a field value (RFC 9110 §5.5) nor of a start line.</summary>
    public static readonly SearchValues<byte> Control = SearchValues.Create(
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 127,
    ]);

    public const byte LineFeed = (byte)'\n';

    public const byte CarriageReturn = (byte)'\r';

    /// <summary>The length of the token that <paramref name="octets"/> begin with; 0 without one.</summary>
    public static int TokenLength(ReadOnlySpan<byte> octets)
    {
        var end = octets.IndexOfAnyExcept(Token);
        return end < 0 ? octets.Length : end;
    }

    /// <summary>OWS off both ends (RFC 9110 §5.6.3).</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> octets) => octets.Trim(" \t"u8);

    public static bool IsDigit(byte octet) => octet is >= (byte)'0' and <= (byte)'9';
}
