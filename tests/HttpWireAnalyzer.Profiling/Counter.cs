namespace HttpWireAnalyzer.Profiling;

/// <summary>Counters of one kind at one instruction.</summary>
/// <param name="Offset">Of the instruction, octets.</param>
/// <param name="Kind">What is counted, and in the lowest four bits how its values are written, as the runtime has it.</param>
/// <param name="Count">So many values.</param>
/// <param name="Other">Where a way leads to, for those between blocks.</param>
internal sealed record Counter(int Offset, int Kind, int Count, int Other, long[] Values)
{
    // The lowest four bits: values of 4 and of 8 octets are numbers, others name types and methods; with 0 there are none.
    private const int Form = 0xF;
    private const int FourOctets = 1;
    private const int EightOctets = 2;

    // What is above them and two more.
    private const int Blocks = 1;
    private const int Version = 4;
    private const int Runs = 5;
    private const int Edges = 6;

    public bool IsOfFlow => (Kind >> 6) is Blocks or Version or Runs or Edges;

    public static bool HasValues(int kind) => (kind & Form) != 0;

    public static bool HasNumbers(int kind) => (kind & Form) is FourOctets or EightOctets;

    public void Add(long[] others)
    {
        for (var at = 0; at < Values.Length; at++)
        {
            Values[at] = Math.Min(int.MaxValue, Values[at] + others[at]);
        }
    }
}
