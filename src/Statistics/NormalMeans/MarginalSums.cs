using System.Runtime.InteropServices;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>Integrals over a normal effect, as they are summed: a tail of the mean, and its slopes.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MarginalSums
{
    /// <summary>The tail that is integrated: the mean or its complement.</summary>
    public double Tail;

    /// <summary>The derivative of the mean by η.</summary>
    public double Slope;

    /// <summary>The derivative of the mean by τ.</summary>
    public double SpreadSlope;
}
