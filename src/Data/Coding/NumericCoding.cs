using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Coding;

/// <summary>A number: a column, or an expression of columns.</summary>
internal sealed class NumericCoding(Expression expression) : VariableCoding
{
    private readonly Expression expression = expression;

    internal override bool IsCategorical => false;

    internal override IReadOnlyList<string> Names(bool full) => [expression.ToString()];

    internal override ColumnPart Part(int column, bool full) => new(expression.ToString(), column, 0, IsFull: false);

    internal override void Fill(FrameTable table, bool full, int column, Span<double> destination) =>
        ExpressionEvaluator.Evaluate(expression, table, destination);

    internal override void FillSlope(FrameTable table, string variable, int column, Span<double> destination) =>
        ExpressionSlope.Evaluate(expression, table, variable, destination);
}
