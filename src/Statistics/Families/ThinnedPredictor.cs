using System.Runtime.InteropServices;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Families;

/// <summary>
/// The mean of a count with excess zeros, (1 − π)g⁻¹(η), as the mean of the same link at another predictor, aη + b: all that is known of
/// the link's means over normal effects holds for it, at the predictor aη + b and the spread aτ.
/// </summary>
/// <remarks>
/// With π = 1/(1 + e^−ζ): log has a = 1 and b = log(1 − π), the square root a = √(1 − π), the identity a = 1 − π, both with b = 0. Derived
/// from the links' definitions; for the model Lambert 1992.
/// </remarks>
/// <param name="Scale">a.</param>
/// <param name="Shift">b (link scale).</param>
/// <param name="ScaleSlope">∂a/∂ζ.</param>
/// <param name="ShiftSlope">∂b/∂ζ.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ThinnedPredictor(double Scale, double Shift, double ScaleSlope, double ShiftSlope)
{
    /// <summary>Nothing thinned: η itself.</summary>
    public static ThinnedPredictor None { get; } = new(1, 0, 0, 0);

    /// <summary>What excess zeros do to the predictors of a link.</summary>
    /// <param name="link">Log, square root or identity.</param>
    /// <param name="logOdds">ζ, the log odds that a row is 0 whatever its mean.</param>
    /// <exception cref="ArgumentException">Counts have no such link.</exception>
    public static ThinnedPredictor Of(Link link, double logOdds)
    {
        ArgumentNullException.ThrowIfNull(link);
        var probability = 1 / (1 + Math.Exp(-logOdds));
        var rest = -Math.Max(logOdds, 0) - Elementary.LogOnePlus(Math.Exp(-Math.Abs(logOdds)));
        return link == Link.Log ? new ThinnedPredictor(1, rest, 0, -probability)
            : link == Link.Sqrt ? Scaled(Math.Exp(rest / 2), probability / 2)
            : link == Link.Identity ? Scaled(Math.Exp(rest), probability)
            : throw new ArgumentException($"Counts with excess zeros have no {link} link.", nameof(link));

        static ThinnedPredictor Scaled(double scale, double rate) => new(scale, 0, -rate * scale, 0);
    }

    /// <summary>aη + b.</summary>
    /// <param name="predictor">η.</param>
    public double Of(double predictor) => (Scale * predictor) + Shift;

    /// <summary>∂(aη + b)/∂ζ.</summary>
    /// <param name="predictor">η.</param>
    public double Slope(double predictor) => (ScaleSlope * predictor) + ShiftSlope;
}
