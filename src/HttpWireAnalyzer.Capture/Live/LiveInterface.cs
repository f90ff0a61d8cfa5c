using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Capture.Filter;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>Takes packets on the capture thread, before libpcap has their octets back.</summary>
internal interface IPacketTaker
{
    /// <summary>False where no more are wanted.</summary>
    bool Take(LiveInterface from, in PacketRecord record, ReadOnlySpan<byte> octets);
}

/// <summary>One interface that is captured on: libpcap's handle, its filter, and what is counted of it.</summary>
internal sealed unsafe class LiveInterface : IDisposable
{
    /// <summary>Packets in one go, so that one busy interface does not keep the others waiting.</summary>
    private const int MostAtOnce = 4096;

    /// <summary>Beyond the kernel's own time for handing packets on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly LibPcap.PcapHandle _handle;
    private readonly LiveOptions _options;
    private readonly bool _hasNanoseconds;
    private readonly ushort _index;
    private readonly bool _countsExactly;

    // Not readonly: freeing it has to be seen, or a second Dispose would free another one's.
    private GCHandle _self;
    private IPacketTaker? _taker;
    private LibPcap.Statistics _last;
    private Exception? _failure;
    private long _received;
    private long _droppedByKernel;
    private long _droppedByInterface;
    private long _delivered;

    private LiveInterface(LibPcap.PcapHandle handle, string name, ushort index, LiveOptions options)
    {
        _handle = handle;
        _options = options;
        _index = index;
        Name = name;
        _hasNanoseconds = LibPcap.HasNanoseconds(handle);
        LinkType = name == LiveOptions.AnyInterface && LibPcap.TrySetLinkType(handle, LinkType.LinuxCooked2)
            ? LinkType.LinuxCooked2
            : LibPcap.LinkTypeOf(handle);
        _self = GCHandle.Alloc(this);
        _countsExactly = Prepare();
        Descriptor = OperatingSystem.IsWindows() ? -1 : LibPcap.DescriptorOf(handle);
    }

    public string Name { get; }

    public LinkType LinkType { get; }

    /// <summary>A descriptor to wait on; -1 on Windows.</summary>
    public int Descriptor { get; }

    public nint WaitEvent => LibPcap.EventOf(_handle);

    /// <summary>Counts of <see cref="PacketQueue.Add"/> for this interface.</summary>
    public ShedCounts Shed;

    /// <summary>Why it gives no more packets; null while it does.</summary>
    public string? Ended { get; private set; }

    public LiveCounters Counters => new(
        Name, _received, _delivered, _droppedByKernel, _droppedByInterface, Shed,
        _countsExactly ? _received - _droppedByKernel - _delivered : null);

    /// <exception cref="LiveCaptureException">It cannot be captured on.</exception>
    /// <exception cref="CaptureFilterException">libpcap does not accept the filter.</exception>
    public static LiveInterface Open(string name, ushort index, LiveOptions options)
    {
        var handle = LibPcap.Create(name, out var error);
        if (handle.IsInvalid)
        {
            throw new LiveCaptureException(LiveFailure.Refused, $"{name}: {error}");
        }

        try
        {
            LibPcap.Configure(handle, options, options.Promiscuous && name != LiveOptions.AnyInterface);
            var status = LibPcap.Activate(handle);
            if (status < 0)
            {
                throw LiveRefusals.Of(name, status, LibPcap.ErrorOf(handle));
            }

            return new LiveInterface(handle, name, index, options);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Gives <paramref name="taker"/> what is ready; true where there was something.</summary>
    public bool Dispatch(IPacketTaker taker)
    {
        if (Ended is not null)
        {
            return false;
        }

        _taker = taker;
        var count = LibPcap.Dispatch(_handle, MostAtOnce, &OnPacket, GCHandle.ToIntPtr(_self));
        if (_failure is not null)
        {
            throw new InvalidOperationException("a packet could not be taken", _failure);
        }

        if (count == -1)
        {
            ReadStatistics();
            Ended = LibPcap.ErrorOf(_handle);
        }

        return count > 0;
    }

    public void ReadStatistics()
    {
        if (Ended is null && LibPcap.TryReadStatistics(_handle, out var now))
        {
            // Of 32 bits each, which a day can fill.
            _received += unchecked(now.Received - _last.Received);
            _droppedByKernel += unchecked(now.DroppedByKernel - _last.DroppedByKernel);
            _droppedByInterface += unchecked(now.DroppedByInterface - _last.DroppedByInterface);
            _last = now;
        }
    }

    /// <summary>No packet from now on: only what the kernel holds is still to come.</summary>
    public void TakeNothing()
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxSocket.TryTakeNothing(Descriptor);
        }
    }

    /// <summary>Whether all that the filter accepted has come; null where it cannot be known.</summary>
    public bool? IsDrained()
    {
        ReadStatistics();
        return Ended is not null ? true : Counters.LostTail is { } left ? left <= 0 : null;
    }

    public void Dispose()
    {
        _handle.Dispose();
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    /// <summary>Sets filter and direction, and begins to count; whether the counts will be exact.</summary>
    private bool Prepare()
    {
        if (!LibPcap.TrySetNonBlocking(_handle))
        {
            throw new LiveCaptureException(LiveFailure.Refused, $"{Name}: {LibPcap.ErrorOf(_handle)}");
        }

        SetFilter();
        if (_options.Direction != CaptureDirection.Both)
        {
            LibPcap.TrySetDirection(_handle, _options.Direction);
        }

        return OperatingSystem.IsLinux() && CountFromHere(LibPcap.DescriptorOf(_handle));
    }

    private void SetFilter()
    {
        if (string.IsNullOrWhiteSpace(_options.Filter))
        {
            return;
        }

        if (LibPcap.Compile(_handle, out var program, _options.Filter) != 0)
        {
            throw PacketFilter.Refusal(_options.Filter, LinkType, LibPcap.ErrorOf(_handle));
        }

        var status = LibPcap.SetFilter(_handle, ref program);
        LibPcap.Free(ref program);
        if (status != 0)
        {
            throw new LiveCaptureException(LiveFailure.Refused, $"{Name}: {LibPcap.ErrorOf(_handle)}");
        }
    }

    // Packets came between activation and filter, and the kernel has counted them. They are thrown away, and counting
    // begins again: from here on, what was accepted either comes or was dropped, to the packet.
    private bool CountFromHere(int socket)
    {
        if (!LinuxSocket.IsOfPackets(socket))
        {
            return false;
        }

        var filter = LinuxSocket.FilterOf(socket);
        var kernelFilters = string.IsNullOrWhiteSpace(_options.Filter) || filter.Length > 0;
        if (!LinuxSocket.TryTakeNothing(socket))
        {
            return false;
        }

        LibPcap.TryReadStatistics(_handle, out var before);
        var until = Environment.TickCount64 + (long)(_options.Timeout + Patience).TotalMilliseconds;
        while (before.Received > 0 && Environment.TickCount64 < until)
        {
            LibPcap.Dispatch(_handle, -1, &Discard, 0);
            Thread.Sleep(5);
        }

        LibPcap.TryReadStatistics(_handle, out _last);
        return LinuxSocket.TryTakeOnly(socket, Name, _options.Direction, filter) && kernelFilters;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Discard(nint user, LibPcap.PacketHeader* header, byte* octets)
    {
    }

    // Nothing may be thrown through libpcap's frames.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPacket(nint user, LibPcap.PacketHeader* header, byte* octets)
    {
        var self = (LiveInterface)GCHandle.FromIntPtr(user).Target!;
        try
        {
            self.Give(header, new ReadOnlySpan<byte>(octets, (int)header->CapturedLength));
        }
        catch (Exception failure)
        {
            self._failure ??= failure;
            LibPcap.BreakLoop(self._handle);
        }
    }

    private void Give(LibPcap.PacketHeader* header, ReadOnlySpan<byte> octets)
    {
        _delivered++;
        long fraction = header->Microseconds.Value;
        Timestamp time = new(
            (header->Seconds.Value * Timestamp.NanosecondsPerSecond) + (_hasNanoseconds ? fraction : fraction * 1000));
        PacketRecord record = new(
            new PacketRef(0, time), 0, octets.Length, (int)header->OriginalLength, LinkType, _index);
        if (!_taker!.Take(this, record, octets))
        {
            LibPcap.BreakLoop(_handle);
        }
    }
}
