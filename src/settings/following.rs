//! How TCP connections are followed.

use crate::cli::{AnalysisRules, Cli};
use crate::tcp::analysis::{Analysis, Rules};

/// How TCP connections are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Following {
    /// Whose verdict is wanted.
    rules: Rules,
    /// How many connections are remembered at most.
    connections: usize,
}

impl Following {
    /// Whether and how the options want connections to be followed.
    pub fn wanted(cli: &Cli) -> Option<Following> {
        let rules = match cli.analysis_rules {
            AnalysisRules::Evidence => Rules::Evidence,
            AnalysisRules::Wireshark => Rules::Wireshark,
        };
        let connections = usize::try_from(cli.max_connections).unwrap_or(usize::MAX);
        cli.json.then_some(Following { rules, connections })
    }

    /// An analysis of this kind.
    pub fn analysis(&self) -> Analysis {
        Analysis::new(self.rules, self.connections)
    }
}
