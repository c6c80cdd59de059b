using System.Globalization;
using MarginalConditional.Compare.Simulation.Designs;

namespace MarginalConditional.Compare.Simulation.Truths;

public abstract partial class StudyTarget
{
    private const string CategoryPrefix = "category-";
    private const string DifferenceSuffix = "-difference";

    /// <summary>
    /// P(Y₁ &gt; Y₀) + ½P(Y₁ = Y₀) of two participants of different clusters, one treated and one not: truth T2 of an ordered outcome.
    /// </summary>
    public static StudyTarget WinProbability { get; } = new OrdinalTarget("win-probability", "win probability", Win, 1);

    /// <summary>log{W/(1 − W)} of the win probability W.</summary>
    public static StudyTarget LogWinOdds { get; } = new OrdinalTarget(
        "log-win-odds",
        "log win odds",
        (control, treated) => Win(control, treated) is var win ? Math.Log(win / (1 - win)) : double.NaN,
        1);

    /// <summary>The difference of mean scores of an ordered outcome whose categories count 1, 2, ….</summary>
    public static StudyTarget MeanScoreDifference { get; } = new OrdinalTarget(
        "mean-score-difference",
        "standardized difference of mean scores",
        (control, treated) => Score(treated) - Score(control),
        1);

    /// <summary>The difference of the probabilities of a category.</summary>
    /// <param name="category">The category, from 1 for the lowest; 99 at most.</param>
    public static StudyTarget CategoryDifference(int category)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(category, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(category, 99);
        return new OrdinalTarget(
            string.Create(CultureInfo.InvariantCulture, $"{CategoryPrefix}{category}{DifferenceSuffix}"),
            string.Create(CultureInfo.InvariantCulture, $"standardized difference of the probabilities of category {category}"),
            (control, treated) => category > control.Length ? double.NaN : treated[category - 1] - control[category - 1],
            1);
    }

    private static StudyTarget? CategoryNamed(string name) =>
        name.StartsWith(CategoryPrefix, StringComparison.Ordinal) && name.EndsWith(DifferenceSuffix, StringComparison.Ordinal)
        && name.Length > CategoryPrefix.Length + DifferenceSuffix.Length
        && int.TryParse(
            name.AsSpan(CategoryPrefix.Length..^DifferenceSuffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var k)
        && k is >= 1 and <= 99
            ? CategoryDifference(k)
            : null;

    /// <summary>W of the probabilities of the categories without and with treatment.</summary>
    internal static double Win(double[] control, double[] treated)
    {
        var (win, below) = (0.0, 0.0);
        for (var k = 0; k < control.Length; k++)
        {
            win += treated[k] * (below + (0.5 * control[k]));
            below += control[k];
        }

        return win;
    }

    /// <summary>The mean score of the probabilities of the categories, which count 1, 2, ….</summary>
    internal static double Score(double[] probabilities) => probabilities.Select((probability, k) => (k + 1) * probability).Sum();

    /// <summary>What an ordered outcome's probabilities without and with treatment come to, averaged over the participants.</summary>
    private sealed class OrdinalTarget(string plain, string words, Func<double[], double[], double> compare, int code)
        : StudyTarget(Named(plain, code), Described(words, code))
    {
        private readonly string name = plain;
        private readonly string text = words;
        private readonly Func<double[], double[], double> function = compare;
        private readonly int treatment = code;

        public override string TruthLabel(Mechanism mechanism) => "T2";

        public override double Truth(Mechanism mechanism)
        {
            if (treatment >= mechanism.Design.Treatments || mechanism.Ordinal is null)
            {
                return double.NaN;
            }

            var population = new Population(mechanism);
            return function(population.Probabilities(0), population.Probabilities(treatment));
        }

        private protected override StudyTarget OfTreatment(int other) => new OrdinalTarget(name, text, function, other);
    }
}
