using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Events out of trials as one exact number, trials · 2²⁶ + events, for distributions that are no sums over trials.</summary>
internal static class EventCode
{
    /// <summary>The most trials a row may have.</summary>
    public const double MostTrials = Unit - 1;

    private const double Unit = 1 << 26;

    /// <summary>The code of whole numbers.</summary>
    public static double Of(double events, double trials) => (trials * Unit) + events;

    /// <summary>Trials and events of codes.</summary>
    public static Vector256<double> Events(Vector256<double> code, out Vector256<double> trials)
    {
        trials = Vector256.Floor(code * (1 / Unit));
        return code - (trials * Unit);
    }
}
