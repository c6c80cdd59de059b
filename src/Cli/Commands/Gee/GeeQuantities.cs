using MarginalConditional.Cli.Results;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>The numbers of a GEE fit beside its coefficients.</summary>
internal static class GeeQuantities
{
    /// <summary>More correlations than this are no numbers to look at one by one.</summary>
    private const int MostCorrelations = 12;

    /// <summary>Scale, correlations, criteria, and the dispersion of a negative binomial.</summary>
    public static IReadOnlyList<FitQuantity> Of(GeeFit fit, InformationCriteria criteria)
    {
        var alpha = fit.Correlation.Alpha;
        var quantities = new List<FitQuantity>();
        for (var k = 0; k < alpha.Length && alpha.Length <= MostCorrelations; k++)
        {
            var name = alpha.Length == 1 ? "Correlation \u03B1" : FormattableString.Invariant($"Correlation \u03B1 {k + 1}");
            quantities.Add(new FitQuantity(name, alpha[k], QuantityKind.Correlation));
        }

        quantities.Add(new FitQuantity("Scale", fit.Scale, QuantityKind.Plain));
        if (fit.Options.Family is Family.NegativeBinomialFamily negative)
        {
            quantities.Add(new FitQuantity("Theta", negative.Theta, QuantityKind.Plain));
        }

        return
        [
            .. quantities, new FitQuantity("QIC", criteria.Qic, QuantityKind.Criterion),
            new FitQuantity("QICu", criteria.Qicu, QuantityKind.Criterion), new FitQuantity("CIC", criteria.Cic, QuantityKind.Criterion),
        ];
    }
}
