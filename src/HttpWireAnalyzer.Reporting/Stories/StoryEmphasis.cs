using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What a line of a story's course is to the reader, whatever it is coloured with.</summary>
public enum StoryEmphasis : byte
{
    None,

    /// <summary>A RST.</summary>
    Reset,

    /// <summary>A FIN.</summary>
    Fin,
    Warning,

    /// <summary>Nothing that one looks for.</summary>
    Aside,
}

/// <summary>Which sentence has which emphasis: on paper and on the screen the same.</summary>
public static class StoryEmphases
{
    public static StoryEmphasis Of(StorySentence sentence) => sentence switch
    {
        RstSent => StoryEmphasis.Reset,
        FinSent => StoryEmphasis.Fin,
        RequestSent { Exchange.End: ExchangeEnd.Unanswered } => StoryEmphasis.Warning,
        OctetsMissing or SegmentRemarked or IcmpReported or MessageRemarked => StoryEmphasis.Warning,
        ExchangeRun or FinAcknowledged => StoryEmphasis.Aside,
        _ => StoryEmphasis.None,
    };
}
