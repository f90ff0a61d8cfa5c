namespace HttpWireAnalyzer.Wire;

/// <summary>What a record begins with: the LINKTYPE_ values of pcap and pcapng (tcpdump.org/linktypes.html).</summary>
/// <remarks>Any 16-bit value can stand in a file; those named here are decoded, the rest are reported by number.</remarks>
public enum LinkType : ushort
{
    Null = 0,
    Ethernet = 1,
    Arcnet = 7,
    Ppp = 9,
    Fddi = 10,
    RawOld = 12,
    RawOpenBsd = 14,
    PppHdlc = 50,
    PppEthernet = 51,
    Raw = 101,
    CiscoHdlc = 104,
    Ieee80211 = 105,
    FrameRelay = 107,
    Loop = 108,
    LinuxCooked = 113,
    Ieee80211Prism = 119,
    IpOverFibreChannel = 122,
    Ieee80211Radiotap = 127,
    ArcnetLinux = 129,
    Ieee80211Avs = 163,
    PerPacketInformation = 192,
    PppWithDirection = 204,
    Ipv4 = 228,
    Ipv6 = 229,
    Nflog = 239,
    IpOverInfiniband = 242,
    LinuxCooked2 = 276,
}
