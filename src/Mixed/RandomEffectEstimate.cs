using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Mixed;

/// <summary>The estimates for one random-effects term: the covariance D of its q effects, and each group's conditional modes.</summary>
public sealed class RandomEffectEstimate
{
    private readonly double[] covariance;
    private readonly double[] standardDeviations;
    private readonly double[] modes;
    private readonly double[] modeStandardErrors;
    private readonly Func<int, string> label;

    /// <summary>Wraps the arrays (not copied).</summary>
    /// <param name="group">The grouping's name.</param>
    /// <param name="names">The q names of the effects.</param>
    /// <param name="covariance">D, q×q, row-major.</param>
    /// <param name="modes">G×q, row-major: the conditional modes of each group's effects.</param>
    /// <param name="modeStandardErrors">G×q, row-major: their conditional standard errors.</param>
    /// <param name="label">The label of a group.</param>
    public RandomEffectEstimate(
        string group,
        IReadOnlyList<string> names,
        double[] covariance,
        double[] modes,
        double[] modeStandardErrors,
        Func<int, string> label)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentNullException.ThrowIfNull(modes);
        ArgumentNullException.ThrowIfNull(modeStandardErrors);
        ArgumentNullException.ThrowIfNull(label);
        if (covariance.Length != names.Count * names.Count)
        {
            throw new ArgumentException(
                $"The covariance of {names.Count} effects has {names.Count * names.Count} entries, not {covariance.Length}.",
                nameof(covariance));
        }

        Group = group;
        Names = names;
        this.covariance = covariance;
        this.modes = modes;
        this.modeStandardErrors = modeStandardErrors;
        this.label = label;
        standardDeviations = new double[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            standardDeviations[i] = Math.Sqrt(covariance[(i * names.Count) + i]);
        }
    }

    /// <summary>The grouping's name, such as <c>patientID</c>.</summary>
    public string Group { get; }

    /// <summary>The q names of the effects, such as <c>(Intercept)</c> and <c>time</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>q, the number of effects a group.</summary>
    public int Dimension => Names.Count;

    /// <summary>G, the number of groups.</summary>
    public int GroupCount => modes.Length / Math.Max(1, Dimension);

    /// <summary>D, q×q, row-major, on the link scale.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>The q standard deviations on the link scale.</summary>
    public ReadOnlySpan<double> StandardDeviations => standardDeviations;

    /// <summary>The conditional modes, G×q, row-major, on the link scale.</summary>
    public ReadOnlySpan<double> Modes => modes;

    /// <summary>The conditional standard errors of the modes given the parameters, G×q, row-major.</summary>
    public ReadOnlySpan<double> ModeStandardErrors => modeStandardErrors;

    /// <summary>
    /// The modes of one effect divided by its standard deviation, G values: shrunken towards 0 where a group has few rows; not numbers
    /// where the effect does not vary.
    /// </summary>
    /// <param name="effect">Which of the q effects.</param>
    public double[] StandardizedModes(int effect)
    {
        var values = new double[GroupCount];
        for (var group = 0; group < values.Length; group++)
        {
            values[group] = modes[(group * Dimension) + effect] / standardDeviations[effect];
        }

        return values;
    }

    /// <summary>The correlation of two effects; NaN when one of them does not vary.</summary>
    public double Correlation(int first, int second) => first == second
        ? 1
        : covariance[(first * Dimension) + second] / (standardDeviations[first] * standardDeviations[second]);

    /// <summary>
    /// zᵀDz, the variance of what the effects add to a linear predictor; 0 where rounding takes a singular covariance below it.
    /// </summary>
    /// <param name="loadings">z, q numbers.</param>
    public double Variance(ReadOnlySpan<double> loadings) => Math.Max(0, Dense.QuadraticForm(covariance, loadings));

    /// <summary>The label of a group, as in the data.</summary>
    public string Label(int group) => label(group);
}
