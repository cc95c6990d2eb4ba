//! A filter as it is asked of every packet. Nothing here allocates once the first packets have made room.

use std::cmp::Ordering;

use memchr::memmem::Finder;
use regex::bytes::Regex;

use super::operand::{Constant, Operand, is_nonzero};
use super::token::Relation;
use super::tree::Quantifier;
use super::values::{octets, order};
use crate::fields::{Value, View};

/// What is asked of a packet.
#[derive(Debug)]
pub enum Node {
    /// One of them holds.
    Any(Box<[Node]>),
    /// All of them hold.
    All(Box<[Node]>),
    /// It does not hold.
    Not(Box<Node>),
    /// There is a value.
    Exists(Operand),
    /// There is a value that is not zero.
    NonZero(Operand),
    /// Values pass a test.
    Test(Quantifier, Operand, Test),
}

/// What a value is asked.
#[derive(Debug)]
pub enum Test {
    /// How it is to a constant.
    Constant(Order, Constant),
    /// How it is to a packet's values.
    Operand(Order, Operand),
    /// Whether these octets are in it.
    Contains(Box<Finder<'static>>),
    /// Whether another value's octets are in it.
    ContainsOperand(Operand),
    /// Whether the expression matches it.
    Matches(Regex),
    /// Whether it is one of these, or between two of them.
    In(Box<[Member]>),
}

/// One value of a set, or the values from one to another.
#[derive(Debug)]
pub enum Member {
    One(Constant),
    Range(Constant, Constant),
    Operand(Operand),
}

/// Which orders of two values hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    less: bool,
    equal: bool,
    greater: bool,
}

impl Order {
    /// The orders of a relation that has some.
    pub fn of(relation: Relation) -> Option<Order> {
        let order = |less, equal, greater| Some(Order { less, equal, greater });
        match relation {
            Relation::Equal | Relation::AllEqual => order(false, true, false),
            Relation::NotEqual | Relation::AnyNotEqual => order(true, false, true),
            Relation::Less => order(true, false, false),
            Relation::LessOrEqual => order(true, true, false),
            Relation::Greater => order(false, false, true),
            Relation::GreaterOrEqual => order(false, true, true),
            Relation::Contains | Relation::Matches => None,
        }
    }

    /// The orders with both sides swapped.
    pub fn swapped(self) -> Order {
        Order { less: self.greater, greater: self.less, ..self }
    }

    #[inline]
    fn holds(self, left: &Value, right: &Value) -> bool {
        match order(left, right) {
            Some(Ordering::Less) => self.less,
            Some(Ordering::Equal) => self.equal,
            Some(Ordering::Greater) => self.greater,
            None => false,
        }
    }
}

/// How many values have passed so far.
struct Tally {
    quantifier: Quantifier,
    any: bool,
    all: bool,
}

impl Tally {
    fn new(quantifier: Quantifier) -> Tally {
        Tally { quantifier, any: false, all: true }
    }

    #[inline]
    fn note(&mut self, passes: bool) {
        self.any |= passes;
        self.all &= passes;
    }

    /// Whether it is enough. Without a value, nothing passes.
    #[inline]
    fn is_enough(&self, is_there: bool) -> bool {
        match self.quantifier {
            Quantifier::Any => self.any,
            Quantifier::All => self.all && is_there,
        }
    }
}

impl Node {
    /// Whether it holds for a packet.
    #[inline]
    pub fn holds(&self, view: &View) -> bool {
        match self {
            Node::Any(nodes) => nodes.iter().any(|node| node.holds(view)),
            Node::All(nodes) => nodes.iter().all(|node| node.holds(view)),
            Node::Not(node) => !node.holds(view),
            Node::Exists(operand) => operand.exists(view),
            Node::NonZero(operand) => {
                let mut is_set = false;
                operand.each(view, &mut |value| is_set |= is_nonzero(&value));
                is_set
            }
            Node::Test(quantifier, operand, test) => {
                let mut tally = Tally::new(*quantifier);
                let mut is_there = false;
                operand.each(view, &mut |value| test.note(value, view, &mut tally, &mut is_there));
                tally.is_enough(is_there)
            }
        }
    }
}

impl Test {
    /// Notes whether a value passes, beside each of the other side's.
    #[inline]
    fn note(&self, value: Value, view: &View, tally: &mut Tally, is_there: &mut bool) {
        let mut note = |passes| {
            tally.note(passes);
            *is_there = true;
        };
        match self {
            Test::Constant(order, constant) => note(order.holds(&constant.beside(value), &constant.value())),
            Test::Operand(order, right) => right.each(view, &mut |right| note(order.holds(&value, &right))),
            Test::Contains(finder) => note(octets(&value).is_some_and(|octets| finder.find(octets).is_some())),
            Test::ContainsOperand(right) => right.each(view, &mut |right| note(contains(&value, &right))),
            Test::Matches(regex) => note(octets(&value).is_some_and(|octets| regex.is_match(octets))),
            Test::In(members) => note(members.iter().any(|member| member.has(value, view))),
        }
    }
}

fn contains(value: &Value, part: &Value) -> bool {
    let (Some(octets), Some(part)) = (octets(value), octets(part)) else { return false };
    memchr::memmem::find(octets, part).is_some()
}

impl Member {
    #[inline]
    fn has(&self, value: Value, view: &View) -> bool {
        let is = |constant: &Constant| order(&constant.beside(value), &constant.value());
        match self {
            Member::One(constant) => is(constant) == Some(Ordering::Equal),
            Member::Range(first, last) => {
                matches!(is(first), Some(Ordering::Equal | Ordering::Greater))
                    && matches!(is(last), Some(Ordering::Equal | Ordering::Less))
            }
            Member::Operand(operand) => {
                let mut is_one = false;
                operand.each(view, &mut |other| is_one |= order(&value, &other) == Some(Ordering::Equal));
                is_one
            }
        }
    }
}
