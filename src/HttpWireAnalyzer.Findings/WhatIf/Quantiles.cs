namespace HttpWireAnalyzer.Findings.WhatIf;

/// <summary>Which value stands at a place of the order, without putting the others in order.</summary>
internal static class Quantiles
{
    /// <summary>So few are put in order at once.</summary>
    private const int Few = 32;

    /// <summary>The value that would stand at <paramref name="place"/> if all were in order, the least first.</summary>
    /// <remarks>
    /// Hoare's selection: what cannot have the place is left alone. Where it gets on badly, which values could be made to do,
    /// the rest is put in order. No value before the place is larger afterwards, and none behind it is less.
    /// </remarks>
    public static long At(Span<long> values, int place)
    {
        var (first, end) = (0, values.Length);
        for (var rounds = 2 * int.Log2(values.Length); end - first > Few && rounds > 0; rounds--)
        {
            var pivot = Middle(values[first], values[first + ((end - first) / 2)], values[end - 1]);
            var (low, high) = (first, end - 1);
            while (low <= high)
            {
                while (values[low] < pivot)
                {
                    low++;
                }

                while (values[high] > pivot)
                {
                    high--;
                }

                if (low <= high)
                {
                    (values[low], values[high]) = (values[high], values[low]);
                    low++;
                    high--;
                }
            }

            if (place <= high)
            {
                end = high + 1;
            }
            else if (place >= low)
            {
                first = low;
            }
            else
            {
                return values[place];
            }
        }

        values[first..end].Sort();
        return values[place];
    }

    private static long Middle(long one, long other, long third) =>
        long.Max(long.Min(one, other), long.Min(long.Max(one, other), third));
}
