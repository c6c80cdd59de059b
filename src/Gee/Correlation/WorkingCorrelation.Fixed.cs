namespace MarginalConditional.Gee.Correlation;

public abstract partial class WorkingCorrelation
{
    private sealed class FixedCorrelation : WorkingCorrelation
    {
        private readonly double[] matrix;
        private readonly int order;

        public FixedCorrelation(ReadOnlySpan<double> matrix)
            : base("fixed", dependsOnWaves: true)
        {
            order = (int)Math.Round(Math.Sqrt(matrix.Length));
            if (order == 0 || order * order != matrix.Length)
            {
                throw new ArgumentException($"A correlation matrix is square; {matrix.Length} values are not.", nameof(matrix));
            }

            for (var j = 0; j < order; j++)
            {
                for (var k = 0; k <= j; k++)
                {
                    var value = matrix[(j * order) + k];
                    if (j == k ? Math.Abs(value - 1) > 1e-12 : !(Math.Abs(value) <= 1) || Math.Abs(value - matrix[(k * order) + j]) > 1e-12)
                    {
                        throw new ArgumentException(
                            $"A correlation matrix is symmetric with 1 on the diagonal and values from -1 to 1; row {j + 1}, column "
                                + $"{k + 1} is {value}.", nameof(matrix));
                    }
                }
            }

            this.matrix = matrix.ToArray();
        }

        internal override CorrelationKernel CreateKernel(CorrelationInput input)
        {
            foreach (var wave in input.Frame.Waves)
            {
                if (wave >= order)
                {
                    throw new ArgumentException($"The fixed correlation matrix has {order} waves, and the data have more.", nameof(input));
                }
            }

            return new FixedKernel(input, [.. matrix], order);
        }
    }
}
