namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Takes messages from any thread, for the one that updates the model.</summary>
internal interface IMailbox
{
    void Post(Message message);
}
