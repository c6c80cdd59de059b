using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Inference;

/// <summary>The joint test of all coefficients of one term of the formula.</summary>
/// <param name="Term">The term, as in the formula.</param>
/// <param name="Wald">The Wald test, F when the inference has degrees of freedom, else χ².</param>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee;
/// using MarginalConditional.Gee.Inference;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm"), Cluster = "site" });
/// var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial });
/// foreach (var row in TermTest.Of(GeeInference.Of(fit)))
/// {
///     Console.WriteLine($"{row.Term}: {row.Wald}");
/// }
/// </code>
/// </example>
public sealed record TermTest(string Term, WaldTest Wald)
{
    /// <summary>Tests every term but the intercept, in the order of the formula.</summary>
    public static IReadOnlyList<TermTest> Of(GeeInference inference)
    {
        ArgumentNullException.ThrowIfNull(inference);
        var fit = inference.Fit;
        return [.. fit.Frame.Design.PredictorTerms.Select(term => new TermTest(term, inference.Test(Rows(fit, term))))];
    }

    /// <summary>The contrasts that pick the coefficients of a term.</summary>
    public static IReadOnlyList<Contrast> Rows(GeeFit fit, string term)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Contrast.OfTerm(fit.Frame.Design.Names, fit.Frame.Design.Terms, term);
    }
}
