using System.Globalization;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Numbers that are all numbers, and hard to compute with.</summary>
internal static class HostileNumber
{
    private static readonly HostileColumn[] All = Enum.GetValues<HostileColumn>();

    /// <summary>A kind of column: mostly one of the likely ones, else any.</summary>
    public static HostileColumn Kind(Draws draws, params ReadOnlySpan<HostileColumn> likely) =>
        draws.OneIn(3) ? draws.Pick(All) : draws.Pick(likely);

    /// <summary>A number of a kind.</summary>
    public static double Draw(Draws draws, HostileColumn kind) => kind switch
    {
        HostileColumn.Unit => draws.Uniform(),
        HostileColumn.Binary => draws.Below(2),
        HostileColumn.Count => draws.Below(20),
        HostileColumn.Huge => draws.Uniform() * 1e300,
        HostileColumn.Tiny => draws.Uniform() * 1e-300,
        HostileColumn.Constant => 7,
        HostileColumn.Wide => (draws.Uniform() - 0.5) * 1e15,
        HostileColumn.FarOff => 1e8 + draws.Uniform(),
        HostileColumn.Skewed => Math.Exp(20 * (draws.Uniform() - 0.5)),
        HostileColumn.Exponential => -Math.Log(draws.Uniform()),
        HostileColumn.Subnormal => double.Epsilon,
        HostileColumn.Largest => 1.7e308 * (draws.OneIn(2) ? 1 : -1),
        HostileColumn.AtTheEdge => draws.OneIn(3) ? 700 : 0,
        _ => (draws.Uniform() - 0.5) * 6,
    };

    /// <summary>The number as a field of a file.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
