namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>A sum of numbers of 64 bits, in 128.</summary>
/// <remarks>Methods that have an Int128 among their variables cannot be compiled ahead; these can.</remarks>
internal struct WideSum
{
    private const decimal TwoTo64 = 18_446_744_073_709_551_616m;

    private ulong _low;
    private long _high;

    /// <summary>Sums of as many numbers as memory holds fit: below 2^95.</summary>
    public readonly decimal Value => (_high * TwoTo64) + _low;

    public void Add(ulong number)
    {
        var low = unchecked(_low + number);
        _high += low < number ? 1 : 0;
        _low = low;
    }

    public void Subtract(ulong number)
    {
        _high -= _low < number ? 1 : 0;
        _low = unchecked(_low - number);
    }
}
