namespace MarginalConditional.Data.Formulas;

public abstract partial class ResponseSpecification
{
    /// <summary>One value a row: <c>y</c>, <c>log(y)</c>.</summary>
    public sealed class Single(Expression value) : ResponseSpecification(value.ToString())
    {
        /// <summary>The value.</summary>
        public Expression Value { get; } = value;

        /// <inheritdoc/>
        public override IReadOnlyList<string> Variables => Value.Variables;
    }
}
