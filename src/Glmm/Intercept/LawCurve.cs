using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>An intercept b as a function of the variable t that is integrated, and log density of t + ½ log 2π, with derivatives.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct LawCurve
{
    /// <summary>b.</summary>
    public Vector256<double> Effect;

    /// <summary>db/dt.</summary>
    public Vector256<double> EffectSlope;

    /// <summary>d²b/dt².</summary>
    public Vector256<double> EffectCurvature;

    /// <summary>The logarithm of the density of t, with ½ log 2π.</summary>
    public Vector256<double> Log;

    /// <summary>Its derivative in t.</summary>
    public Vector256<double> LogSlope;

    /// <summary>Its second derivative in t.</summary>
    public Vector256<double> LogCurvature;
}
