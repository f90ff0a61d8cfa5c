using Microsoft.Win32.SafeHandles;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>Waits until one of the interfaces has packets.</summary>
internal sealed class LiveWait
{
    private readonly Polled[] _polled = [];
    private readonly WaitHandle[] _events = [];

    public LiveWait(LiveInterface[] interfaces)
    {
        if (OperatingSystem.IsWindows())
        {
            _events = [.. interfaces.Select(each => new PacketEvent(each.WaitEvent))];
        }
        else
        {
            _polled = [.. interfaces.Select(each => new Polled(each.Descriptor))];
        }
    }

    /// <summary>Returns at the latest after that time.</summary>
    public void ForPackets(int milliseconds)
    {
        if (_events.Length > 0)
        {
            WaitHandle.WaitAny(_events, milliseconds);
        }
        else
        {
            Polling.Wait(_polled, milliseconds);
        }
    }

    /// <summary>Npcap's event, which stays Npcap's.</summary>
    private sealed class PacketEvent : WaitHandle
    {
        public PacketEvent(nint handle) => SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: false);
    }
}
