using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Stacking;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Ordinal;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Gee.Fitting;

/// <summary>Whether outcomes overlap, so that every coefficient has a finite estimate; else which rows are separated.</summary>
/// <remarks>
/// Positive weights under which the rows' gradients add up to 0 exclude separation (Stiemke's lemma). The scores are such weights at a
/// solution, and near one they can be moved to be: with r the size of a row's score per unit of its linear predictor, the move is below r
/// everywhere when λ² max(w / r) &lt; min r, λ² the squared Newton decrement and w the row's information. Only where this bound does not
/// settle the question are all rows searched.
/// </remarks>
internal sealed class OverlapCheck(GeeData data)
{
    /// <summary>What the bound may come to; 1 would do without rounding.</summary>
    private const double Margin = 0.25;

    /// <summary>Below this the information of a row may be lost beside that of others, and with it the decrement.</summary>
    private const double Underflow = 1e-10;

    /// <summary>Rows whose predictors are worked on together: they stay on the stack.</summary>
    private const int BlockRows = 512;

    private bool overlaps = data.Stack is null && !RowSides.MayBeInfinite(data.Family, data.Link);

    /// <summary>The rows that are separated; null as long as none are known.</summary>
    public SeparatedRows? Separated { get; private set; }

    /// <summary>Whether the outcomes overlap for certain, from the sums of a pass at β.</summary>
    /// <param name="beta">β, p values.</param>
    /// <param name="step">M⁻¹U.</param>
    /// <param name="score">φ·U.</param>
    public bool IsCertain(double[] beta, ReadOnlySpan<double> step, ReadOnlySpan<double> score)
    {
        if (!overlaps && data.Stack is not null)
        {
            overlaps = IndicatorsOverlap(data.Stack, beta);
        }
        else if (!overlaps)
        {
            var decrement = 0.0;
            for (var j = 0; j < step.Length; j++)
            {
                decrement += step[j] * score[j];
            }

            var (least, ratio) = Bounds(beta);
            overlaps = least > Underflow && decrement * ratio < Margin * least;
        }

        return overlaps;
    }

    /// <summary>Searches all rows, once; true when some are separated.</summary>
    public bool Finds()
    {
        if (!overlaps && Separated is null)
        {
            var frame = data.Frame;
            Separated = SeparatedRows.Find(
                frame.Design.Values,
                data.Coefficients,
                RowSides.Of(data.Family, data.Link, frame.Response, data.Weights));
            overlaps = Separated is null;
        }

        return Separated is not null;
    }

    /// <summary>The same for ordered outcomes, whose gradients are those of the indicators on either side of the category.</summary>
    /// <remarks>
    /// With r &gt; 0 the sizes of these gradients, s their signs, U = Σ s r x and N = Σ r x xᵀ, the weights r (1 − s xᵀN⁻¹U) make them
    /// add up to 0; they are positive when UᵀN⁻¹U, which bounds r (xᵀN⁻¹U)², is below the least r.
    /// </remarks>
    private bool IndicatorsOverlap(CumulativeStack stack, double[] beta)
    {
        var p = data.Coefficients;
        var predictor = LinearPredictor.Of(data.Frame, beta);
        var (gram, score, row) = (new double[p * p], new double[p], new double[p]);
        var least = double.PositiveInfinity;
        stack.ForEachOutcome((first, size) =>
        {
            var (lower, upper) = stack.Ends(first, size, data.Weights);
            if (lower < 0 && upper < 0)
            {
                return;
            }

            var terms = CategoryTerms.Of(
                stack.Link,
                lower < 0 ? double.NegativeInfinity : predictor[lower],
                upper < 0 ? double.PositiveInfinity : predictor[upper]);
            Add(lower, terms.Lower);
            Add(upper, terms.Upper);
        });
        if (!(least > Underflow) || !Cholesky.TryFactor(gram, p, out _))
        {
            return false;
        }

        Cholesky.SolveLower(gram, p, score);
        return SpanMath.SumOfSquares(score) < Margin * least;

        void Add(int place, double gradient)
        {
            if (place < 0)
            {
                return;
            }

            gradient *= data.Weights.Length > 0 ? data.Weights[place] : 1;
            least = Math.Min(least, Math.Abs(gradient));
            for (var j = 0; j < p; j++)
            {
                row[j] = data.Frame.Design.Column(j)[place];
                score[j] += gradient * row[j];
            }

            Dense.RankOneUpdateLower(Math.Abs(gradient), row, gram);
        }
    }

    /// <summary>The least size of a score per unit of the linear predictor, and the largest information per score, on the edge.</summary>
    private (double Least, double Ratio) Bounds(double[] beta)
    {
        if (data.Link == data.Family.DefaultLink && (data.Family == Family.Binomial || data.Family == Family.Poisson))
        {
            return (CanonicalLeast(beta), 1);
        }

        var (least, ratio) = (double.PositiveInfinity, 1.0);
        var means = new double[data.Rows];
        var slopes = new double[data.Rows];
        var predictor = LinearPredictor.Of(data.Frame, beta);
        data.Link.MeanAndDerivative(predictor, means, slopes);
        for (var row = 0; row < means.Length; row++)
        {
            var weight = data.Weights.Length > 0 ? data.Weights[row] : 1;
            var y = data.Frame.Response[row];
            if (weight == 0 || RowSides.Of(data.Family, data.Link, y) == RowSide.Inside)
            {
                continue;
            }

            var residual = Math.Abs(y - means[row]);
            least = Math.Min(least, weight * residual * slopes[row] / data.Family.Variance(means[row]));
            ratio = Math.Max(ratio, slopes[row] / residual);
        }

        return (least, ratio);
    }

    /// <summary>
    /// Under a canonical link a score is y − μ, its information no larger on the edge, and the least one where the predictor is the
    /// farthest on the row's side: no mean but that one is needed. Times the least weight it is a bound.
    /// </summary>
    private double CanonicalLeast(double[] beta)
    {
        var (farthest, weight) = (double.PositiveInfinity, 1.0);
        var isBinomial = data.Family == Family.Binomial;
        Span<double> room = stackalloc double[BlockRows];
        for (var start = 0; start < data.Rows; start += BlockRows)
        {
            var predictor = room[..Math.Min(BlockRows, data.Rows - start)];
            var response = data.Frame.Response.Slice(start, predictor.Length);
            LinearPredictor.Of(data.Frame.Design, data.Frame.Offset, start, beta, predictor);
            if (data.Weights.Length == 0)
            {
                farthest = Math.Min(farthest, EdgePredictor.Farthest(response, predictor, isBinomial));
                continue;
            }

            for (var row = 0; row < predictor.Length; row++)
            {
                var own = data.Weights[start + row];
                if (own > 0 && (response[row] == 0 || (isBinomial && response[row] == 1)))
                {
                    farthest = Math.Min(farthest, response[row] == 0 ? predictor[row] : -predictor[row]);
                    weight = Math.Min(weight, own);
                }
            }
        }

        return double.IsPositiveInfinity(farthest) ? farthest : weight * data.Link.Mean(farthest);
    }
}
