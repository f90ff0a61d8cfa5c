namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>What a piece of text means. Colour follows meaning, and never says what no letter or sign says.</summary>
internal enum Tone : byte
{
    Plain,
    Dim,
    Bold,
    Title,
    Client,
    Server,
    Good,
    Warning,
    Error,
    Fin,
    TimeWait,

    /// <summary>Not shown by a packet of the end it is of.</summary>
    Assumed,

    /// <summary>A key that can be pressed.</summary>
    Key,

    /// <summary>The octets of the field under the cursor.</summary>
    Marked,
}

/// <summary>A piece of a line.</summary>
internal readonly record struct Run(string Text, Tone Tone = Tone.Plain);
