using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

public abstract partial class TermHypothesis
{
    /// <summary>A term after those before it.</summary>
    private sealed class AfterThoseBefore() : TermHypothesis("1", "type I: each term after those before it")
    {
        internal override IReadOnlyList<Contrast> Contrasts(DesignMatrix design, string term) =>
            Adjusted(design, term, ColumnsOf(design, other => IndexOf(design, other) < IndexOf(design, term)));

        private static int IndexOf(DesignMatrix design, string term) => design.Terms.ToList().IndexOf(term);
    }

    /// <summary>A term after all that do not contain it; a term contains another of the same covariates and fewer factors.</summary>
    private sealed class AfterOthers() : TermHypothesis("2", "type II: each term after all that do not contain it")
    {
        internal override IReadOnlyList<Contrast> Contrasts(DesignMatrix design, string term)
        {
            var before = ColumnsOf(design, other => other != term && !Contains(design, other, term));
            var own = ColumnsOf(design, other => other == term);

            // A term that no other contains is tested by its coefficients.
            return before.Count + own.Count < design.Columns
                ? Adjusted(design, term, before)
                : own.ConvertAll(column => Unit(design, column));
        }

        private static Contrast Unit(DesignMatrix design, int column)
        {
            var weights = new double[design.Columns];
            weights[column] = 1;
            return new Contrast(design.Names[column], weights);
        }

        private static bool Contains(DesignMatrix design, string larger, string smaller)
        {
            var (one, other) = (Factors(design, larger), Factors(design, smaller));
            return one.Count > other.Count && other.All(one.Contains) && one.Except(other).All(factor => factor.IsCategorical);
        }

        private static HashSet<(string Factor, bool IsCategorical)> Factors(DesignMatrix design, string term) =>
            design.Parts.Count == 0
                ? [.. term.Split(':').Select(factor => (factor, true))]
                : [.. design.Parts[ColumnsOf(design, other => other == term)[0]].Select(part => (part.Factor, part.IsCategorical))];
    }

    /// <summary>X_Tᵀ(I − P)X, P the projection on the columns before: what least squares would test (Goodnight 1980).</summary>
    /// <remarks>
    /// Row by row, each column of the term after those before it, divided by its own squared length: the rows of Doolittle's factor of XᵀX.
    /// </remarks>
    private static List<Contrast> Adjusted(DesignMatrix design, string term, List<int> before)
    {
        var residuals = new List<double[]>();
        foreach (var column in before)
        {
            residuals.Add(Residual(design, column, residuals));
        }

        var contrasts = new List<Contrast>();
        var columns = new List<int>(before);
        foreach (var column in ColumnsOf(design, other => other == term))
        {
            var residual = Residual(design, column, residuals);
            var weights = new double[design.Columns];
            foreach (var j in Enumerable.Range(0, design.Columns).Except(columns))
            {
                weights[j] = j == column ? 1 : Dense.Dot(residual, design.Column(j)) / Dense.Dot(residual, residual);
            }

            residuals.Add(residual);
            columns.Add(column);
            contrasts.Add(new Contrast(design.Names[column], weights));
        }

        return contrasts;
    }

    /// <summary>
    /// What is left of a column after others that are orthogonal; two passes
    /// keep it orthogonal to rounding (Giraud, Langou and Rozloznik 2005).
    /// </summary>
    private static double[] Residual(DesignMatrix design, int column, List<double[]> others)
    {
        var residual = design.Column(column).ToArray();
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var other in others)
            {
                Dense.AddScaled(-Dense.Dot(residual, other) / Dense.Dot(other, other), other, residual);
            }
        }

        return residual;
    }
}
