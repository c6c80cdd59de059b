using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Inference;

public abstract partial class TermHypothesis
{
    /// <summary>Differences between the levels of the term's factors, averaged over the levels of all others.</summary>
    /// <remarks>
    /// Equal to the term's coefficients under contrasts that sum to zero. A hypothesis is a product over factors: a difference from the
    /// reference level, an average, or for a factor coded in full one of its levels; on a column it is the product over the column's parts.
    /// </remarks>
    private sealed class AtEqualWeights() : TermHypothesis("3", "type III: other factors at equal weights, covariates at zero")
    {
        internal override IReadOnlyList<Contrast> Contrasts(DesignMatrix design, string term)
        {
            var contrasts = new List<Contrast>();
            foreach (var column in ColumnsOf(design, other => other == term))
            {
                var weights = new double[design.Columns];
                weights[column] = 1;
                for (var j = 0; j < weights.Length && design.Parts.Count > 0; j++)
                {
                    weights[j] = HasSameNumbers(design.Parts[column], design.Parts[j]) ? Weight(design.Parts[column], design.Parts[j]) : 0;
                }

                contrasts.Add(new Contrast(design.Names[column], weights));
            }

            return contrasts;
        }

        private static bool HasSameNumbers(IReadOnlyList<ColumnPart> one, IReadOnlyList<ColumnPart> other) =>
            one.Where(part => !part.IsCategorical).ToHashSet().SetEquals(other.Where(part => !part.IsCategorical));

        private static double Weight(IReadOnlyList<ColumnPart> tested, IReadOnlyList<ColumnPart> column)
        {
            var weight = 1.0;
            foreach (var part in tested.Where(part => part.IsCategorical))
            {
                var own = column.FirstOrDefault(candidate => candidate.Factor == part.Factor);
                weight *= own is null ? part.IsFull ? 1 : 0
                    : own.Place == part.Place ? 1
                    : own.Place == 0 && !part.IsFull ? -1
                    : 0;
            }

            foreach (var part in column.Where(part => part.IsCategorical && tested.All(own => own.Factor != part.Factor)))
            {
                weight /= part.Levels;
            }

            return weight;
        }
    }
}
