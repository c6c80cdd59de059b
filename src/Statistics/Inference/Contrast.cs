using System.Diagnostics.CodeAnalysis;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Inference;

/// <summary>A linear combination Lβ of the coefficients, such as a difference of two treatment effects.</summary>
public sealed class Contrast
{
    private readonly double[] weights;

    /// <summary>A contrast with given weights.</summary>
    /// <param name="label">How it is shown.</param>
    /// <param name="weights">L, p; copied.</param>
    public Contrast(string label, ReadOnlySpan<double> weights)
    {
        Label = label ?? throw new ArgumentNullException(nameof(label));
        this.weights = weights.ToArray();
    }

    /// <summary>How the contrast is shown: as typed.</summary>
    public string Label { get; }

    /// <summary>L, p.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>
    /// Reads <c>treatmentB - treatmentA</c>, <c>2*a + b/2</c>, <c>1/3*a</c>, <c>(a + b)/2 - c</c> or <c>`my term` - b</c>.
    /// </summary>
    /// <remarks>
    /// A coefficient's name is recognised by the longest match, so names with blanks, colons and parentheses need no quotes; backquotes
    /// or quotation marks settle doubtful cases. Numbers may stand before a name or a sum in parentheses (with or without <c>*</c>) or
    /// after <c>*</c> or <c>/</c>.
    /// </remarks>
    /// <param name="text">The combination.</param>
    /// <param name="terms">The names of the coefficients, in order.</param>
    /// <param name="contrast">The contrast when the text is well-formed.</param>
    /// <param name="problem">Otherwise a full sentence that says what is wrong; else empty.</param>
    /// <param name="noun">What a message calls one of the names. Default: <c>coefficient</c>.</param>
    public static bool TryParse(
        string text,
        IReadOnlyList<string> terms,
        [NotNullWhen(true)] out Contrast? contrast,
        out string problem,
        string noun = "coefficient")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(terms);
        var reader = new ContrastReader(text, terms, noun);
        contrast = reader.TryRead(out var weights) ? new Contrast(text.Trim(), weights) : null;
        problem = reader.Problem;
        return contrast is not null;
    }

    /// <summary>One contrast for each coefficient of a term of the formula: jointly the hypothesis that the term has no effect.</summary>
    /// <param name="names">The names of the p coefficients.</param>
    /// <param name="terms">The term that each belongs to, p.</param>
    /// <param name="term">The term tested.</param>
    public static IReadOnlyList<Contrast> OfTerm(IReadOnlyList<string> names, IReadOnlyList<string> terms, string term)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(terms);
        var contrasts = new List<Contrast>();
        for (var j = 0; j < names.Count; j++)
        {
            if (terms[j] == term)
            {
                var weights = new double[names.Count];
                weights[j] = 1;
                contrasts.Add(new Contrast(names[j], weights));
            }
        }

        return contrasts;
    }

    /// <summary>Lβ.</summary>
    public double Estimate(ReadOnlySpan<double> estimates) => Form(estimates);

    /// <summary>L V Lᵀ for the p×p covariance V.</summary>
    public double Variance(ReadOnlySpan<double> covariance) => Covariance(this, covariance);

    /// <summary>Estimate, Wald test and interval of the contrast.</summary>
    /// <param name="estimates">β, p.</param>
    /// <param name="covariance">V, p×p.</param>
    /// <param name="degreesOfFreedom">Of the t distribution; null for the standard normal.</param>
    /// <param name="level">The interval's level.</param>
    public Coefficient Test(
        ReadOnlySpan<double> estimates, ReadOnlySpan<double> covariance, double? degreesOfFreedom = null, double level = 0.95) =>
        Coefficient.Wald(Label, Estimate(estimates), Math.Sqrt(Variance(covariance)), degreesOfFreedom, level);

    /// <summary>L V Mᵀ for another contrast; what has no weight may be infinite or not a number.</summary>
    internal double Covariance(Contrast other, ReadOnlySpan<double> covariance)
    {
        var sum = Dense.BilinearForm(covariance, weights, other.weights);
        if (double.IsFinite(sum))
        {
            return sum;
        }

        sum = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            for (var k = 0; k < weights.Length && weights[j] != 0; k++)
            {
                sum += other.weights[k] == 0 ? 0 : weights[j] * covariance[(j * weights.Length) + k] * other.weights[k];
            }
        }

        return sum;
    }

    private double Form(ReadOnlySpan<double> estimates)
    {
        var sum = Dense.Dot(weights, estimates);
        if (double.IsFinite(sum))
        {
            return sum;
        }

        sum = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            sum += weights[j] == 0 ? 0 : weights[j] * estimates[j];
        }

        return sum;
    }

    /// <inheritdoc/>
    public override string ToString() => Label;
}
