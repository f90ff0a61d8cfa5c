using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>Octets that are written again and again, made once.</summary>
/// <remarks>Nearly all are short, so that a call to copy them would cost more than the copy: it takes whole vectors.</remarks>
internal sealed class ReadyOctets
{
    private const int Step = 32;

    private readonly byte[] _padded;

    public ReadyOctets(params ReadOnlySpan<byte> octets)
    {
        Length = octets.Length;
        _padded = new byte[(octets.Length + Step - 1) / Step * Step];
        octets.CopyTo(_padded);
    }

    public int Length { get; }

    /// <summary>What <see cref="CopyTo"/> needs: it writes up to 31 octets more than there are.</summary>
    public int Room => _padded.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyTo(Span<byte> destination)
    {
        var padded = _padded;
        ref var from = ref MemoryMarshal.GetArrayDataReference(padded);
        ref var to = ref MemoryMarshal.GetReference(destination[..padded.Length]);
        for (nuint at = 0; at < (nuint)padded.Length; at += Step)
        {
            Vector256.LoadUnsafe(ref from, at).StoreUnsafe(ref to, at);
        }
    }
}
