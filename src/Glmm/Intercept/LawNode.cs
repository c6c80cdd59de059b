using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>What a law says at a node t: how the intercept and the log-density there depend on σ.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct LawNode
{
    /// <summary>b.</summary>
    public Vector256<double> Effect;

    /// <summary>The logarithm of the density of t, with ½ log 2π.</summary>
    public Vector256<double> Log;

    /// <summary>∂b/∂σ where b is a multiple of σ; 0 where b itself is integrated.</summary>
    public Vector256<double> Motion;

    /// <summary>∂ log f(b; σ)/∂σ where b itself is integrated; else 0.</summary>
    public Vector256<double> Score;

    /// <summary>∂² log f(b; σ)/∂σ², likewise.</summary>
    public Vector256<double> ScoreSlope;
}
