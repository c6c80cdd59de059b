using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Data.Coding;

/// <summary>A comparison, such as <c>I(t >= 2)</c>: categories FALSE and TRUE, named as R names them.</summary>
internal sealed class ComparisonCoding(Expression expression) : VariableCoding
{
    private readonly Expression expression = expression;

    internal override bool IsCategorical => true;

    internal override IReadOnlyList<string> Names(bool full) => full ? [$"{expression}FALSE", $"{expression}TRUE"] : [$"{expression}TRUE"];

    internal override ColumnPart Part(int column, bool full) => new(expression.ToString(), full ? column : column + 1, 2, full);

    internal override void Fill(FrameTable table, bool full, int column, Span<double> destination)
    {
        ExpressionEvaluator.Evaluate(expression, table, destination);
        if (full && column == 0)
        {
            SpanMath.Subtract(1, destination, destination);
        }
    }
}
