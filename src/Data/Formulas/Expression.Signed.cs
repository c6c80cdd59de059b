namespace MarginalConditional.Data.Formulas;

public abstract partial class Expression
{
    /// <summary>An operand with a sign before it.</summary>
    public sealed class Signed(string sign, Expression operand) : Expression
    {
        /// <summary>Plus or minus.</summary>
        public string Sign { get; } = sign;

        /// <summary>What the sign stands before.</summary>
        public Expression Operand { get; } = operand;

        /// <inheritdoc/>
        public override string ToString() => $"{Sign}{Operand}";

        private protected override void Collect(List<string> variables) => Operand.Collect(variables);
    }
}
