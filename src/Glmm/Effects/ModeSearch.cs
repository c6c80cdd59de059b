using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Effects;

/// <summary>When Newton's method for a mode stops, and which of its steps it keeps.</summary>
internal static class ModeSearch
{
    /// <summary>The most steps of one search.</summary>
    public const int MaximumSteps = 200;

    /// <summary>A Newton step this short (in posterior standard deviations) leaves an error of its square.</summary>
    public const double LastStep = 1e-6;

    /// <summary>Whether a step is so short that it is the last, and need not be checked.</summary>
    /// <param name="decrement">Slope times step: the squared length of the step in posterior standard deviations.</param>
    public static bool IsLast(double decrement) => !(decrement > LastStep * LastStep);

    /// <summary>Whether the height after a step is not below that before it, but for rounding.</summary>
    public static bool Holds(double next, double value) => next >= value - (1e-12 * Math.Abs(value));

    /// <summary>
    /// Whether a search only turns rounding over: the height rises by no more than rounding, and the step is hardly shorter than the one
    /// before it, where Newton's would be by far. Beside a small dispersion no step of large predictors gets as short as the last should.
    /// </summary>
    /// <param name="next">The height after the step.</param>
    /// <param name="value">The height before it.</param>
    /// <param name="decrement">Slope times step.</param>
    /// <param name="before">Slope times step of the step before; infinite for the first.</param>
    public static bool IsRounding(double next, double value, double decrement, double before) =>
        decrement >= 0.5 * before && !(next > value + (1e-12 * Math.Abs(value)));

    /// <summary>A mask of the lanes whose step is the last.</summary>
    public static Vector256<double> AreLast(Vector256<double> decrement) =>
        ~Vector256.GreaterThan(decrement, Vector256.Create(LastStep * LastStep));

    /// <summary>A mask of the lanes that only turn rounding over, as <see cref="IsRounding"/> has it.</summary>
    public static Vector256<double> AreRounding(
        Vector256<double> next, Vector256<double> value, Vector256<double> decrement, Vector256<double> before) =>
        Vector256.AndNot(
            Vector256.GreaterThanOrEqual(decrement, 0.5 * before),
            Vector256.GreaterThan(next, value + (1e-12 * Vector256.Abs(value))));

    /// <summary>A mask of the lanes in which the height after a step is not below that before it, but for rounding.</summary>
    public static Vector256<double> Hold(Vector256<double> next, Vector256<double> value) =>
        Vector256.GreaterThanOrEqual(next, value - (1e-12 * Vector256.Abs(value)));
}
