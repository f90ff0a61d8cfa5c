using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>
/// The lines of a stream, looked through as octets: what is broken to the width of the screen is found all the same, and
/// nothing is copied. Values that are masked are not looked into.
/// </summary>
internal sealed class SearchedStream(StreamLayout stream) : ISearchedLines
{
    public int Count => stream.Count;

    public int Next(SoughtText text, int line, int direction)
    {
        var octets = text.AsOctets(stream.IsHex);
        for (var at = line + direction; at >= 0 && at < Count;)
        {
            var (place, block) = (stream.PlaceAt(at), stream.BlockAt(at));
            if (place.Kind == StreamLineKind.Head)
            {
                if (text.In(block.Title, 0) >= 0)
                {
                    return at;
                }

                at += direction;
                continue;
            }

            // All lines of the block at once.
            var match = direction > 0 ? octets.First(block.Octets, place.At) : octets.Last(block.Octets, place.End);
            if (match is not { } found)
            {
                at = direction > 0 ? stream.EndOf(at) : stream.HeadOf(at);
                continue;
            }

            at = stream.LineOfOctet(at, found.At);
            if (found.End <= stream.ShownUpTo(at))
            {
                return at;
            }

            at += direction;
        }

        return -1;
    }

    public IEnumerable<FoundColumns> On(SoughtText text, int line)
    {
        var (place, block) = (stream.PlaceAt(line), stream.BlockAt(line));
        if (place.Kind == StreamLineKind.Head)
        {
            return new SearchedText(stream[line]).On(text, 0);
        }

        var (octets, shown) = (text.AsOctets(stream.IsHex), stream.ShownUpTo(line));
        var columns = new List<FoundColumns>();
        var from = int.Max(0, place.At - octets.Length + 1);
        while (octets.First(block.Octets.AsSpan(0, int.Min(block.Octets.Length, place.End + octets.Length - 1)), from) is { } found && found.At < place.End)
        {
            if (found.End > place.At && found.End <= shown)
            {
                columns.AddRange(stream.ColumnsOf(line, int.Max(found.At, place.At), int.Min(found.End, place.End)));
            }

            from = found.End;
        }

        return columns;
    }
}
