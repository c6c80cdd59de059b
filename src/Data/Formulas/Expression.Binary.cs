namespace MarginalConditional.Data.Formulas;

public abstract partial class Expression
{
    /// <summary>Two operands joined by an operator: <c>+ - * / : ^ | ||</c> or a comparison.</summary>
    public sealed class Binary(string @operator, Expression left, Expression right) : Expression
    {
        /// <summary>The operator as typed.</summary>
        public string Operator { get; } = @operator;

        /// <summary>The operand before it.</summary>
        public Expression Left { get; } = left;

        /// <summary>The operand after it.</summary>
        public Expression Right { get; } = right;

        /// <summary>Whether it compares: its value is TRUE or FALSE.</summary>
        public bool IsComparison => Operator is "==" or "!=" or "<" or "<=" or ">" or ">=";

        /// <summary>Whether both operands have to hold.</summary>
        internal bool IsConjunction => Operator is "&" or "&&";

        /// <summary>Whether one of the operands has to hold.</summary>
        internal bool IsDisjunction => Operator is "|" or "||";

        /// <summary>Whether it compares a column with a text, its level.</summary>
        internal bool ComparesText => Operator is "==" or "!=" && (Left, Right) is (Variable, Text) or (Text, Variable);

        /// <inheritdoc/>
        public override string ToString() => Operator is ":" or "^" ? $"{Left}{Operator}{Right}" : $"{Left} {Operator} {Right}";

        private protected override void Collect(List<string> variables)
        {
            Left.Collect(variables);
            Right.Collect(variables);
        }
    }
}
