using HttpWireAnalyzer.Analysis.Pools;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>What one is in the numbers that values are compared as, of kinds that have fractions.</summary>
public static class FieldScale
{
    /// <summary>Ratios are compared as billionths.</summary>
    public const long Ratio = 1_000_000_000;

    /// <summary>Means of counts, and rates, are compared as ten-thousandths, as they are written.</summary>
    public const long Mean = OccupancyRecord.MeanUnit;
}
