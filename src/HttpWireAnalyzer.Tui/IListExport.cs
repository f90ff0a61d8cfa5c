namespace HttpWireAnalyzer.Tui;

/// <summary>A list that can be written to a file.</summary>
public enum ExportedList : byte
{
    Connections,
    Exchanges,
    Pools,
    Findings,
    Ports,
    Packets,
}

/// <summary>How it is written.</summary>
public enum ExportForm : byte
{
    /// <summary>One JSON object a line.</summary>
    Json,
    Tabs,
    Commas,
}

/// <summary>Writes lists as the command line does: they are read out of the capture again, with all their fields.</summary>
public interface IListExport
{
    /// <param name="filter">A display filter that its rows are chosen by; empty for all.</param>
    /// <param name="stop">Ends it early; what was written until then is no whole list.</param>
    /// <exception cref="Capture.CaptureFormatException">The capture cannot be read again.</exception>
    /// <exception cref="Capture.Output.CaptureWriteException">The list cannot be made.</exception>
    void Write(ExportedList list, string filter, ExportForm form, Stream output, CancellationToken stop);
}
